import type { ComponentChildren } from "preact";

interface SectionProps {
  /** Target of the page's table of contents. */
  readonly id: string;
  readonly title: string;
  readonly lead?: string;
  readonly children: ComponentChildren;
}

/** A part of the settings: what it is about on one side, its fields on the other. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section class="section" id={id} aria-labelledby={`${id}-title`}>
      <div class="section-head">
        <h2 class="section-title" id={`${id}-title`}>
          {title}
        </h2>
        {lead !== undefined && <p class="section-lead">{lead}</p>}
      </div>
      <div class="section-body">{children}</div>
    </section>
  );
}
