/** What the document for the child's record is made of. Line breaks in a text are kept. */
export type RecordPart =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'paragraph'; readonly text: string }
  | {
      readonly is: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** What goes on the child's record of a PLR, before it is a Word document: headings, text, tables. */
export interface RecordContent {
  readonly title: string;
  readonly parts: readonly RecordPart[];
}
