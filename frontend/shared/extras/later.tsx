import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * A part that is loaded when it is first drawn. Until then, and where it can't be loaded, `meanwhile` stands in its
 * place; a later drawing tries again.
 */
export function later<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  meanwhile: FunctionComponent<Props> = () => null,
): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | undefined;
  return function Later(props: Props) {
    const [Part, show] = useState(() => loaded);
    useEffect(() => {
      if (Part !== undefined) return;
      load().then(
        (part) => {
          loaded = part;
          show(() => part);
        },
        () => undefined,
      );
    }, []);
    const Shown = Part ?? meanwhile;
    return <Shown {...props} />;
  };
}
