import type { JSX } from "preact";
import { Button } from "../../shared/button.tsx";
import type { ExtrasMessages } from "../../shared/extras/languages.ts";
import { RatingForm } from "../../shared/extras/rating-form.tsx";
import { TranscriptForm } from "../../shared/extras/transcript-form.tsx";
import "./end-card.css";

interface EndCardProps {
  readonly texts: ExtrasMessages;
  readonly newConversation: string;
  /** False where the owner asks for no verdict. */
  readonly asksRating: boolean;
  readonly rating: number | undefined;
  readonly email: string;
  readonly onRate: (score: number, comment: string) => Promise<unknown>;
  readonly onRequestTranscript: (email: string) => Promise<unknown>;
  readonly onNewConversation: () => void;
}

/** What is left to do when a conversation has ended. */
export function EndCard(props: EndCardProps): JSX.Element {
  const { texts, asksRating, rating, email } = props;
  return (
    <div class="end-card">
      {asksRating && <RatingForm texts={texts} given={rating} onRate={props.onRate} />}
      <TranscriptForm texts={texts} email={email} onRequest={props.onRequestTranscript} />
      <Button onClick={props.onNewConversation}>{props.newConversation}</Button>
    </div>
  );
}
