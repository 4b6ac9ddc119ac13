/** The brief as a few slides to present, and what to say beside each (docs/domain.md, 5.1). */
export interface Briefing {
  readonly title: string;
  readonly subtitle: string;
  readonly slides: readonly Slide[];
}

export interface Slide {
  readonly title: string;
  readonly points: readonly string[];
  readonly notes: readonly string[];
}
