/** What the document for the child's record is made of. A new line in a text stays one. */
export type RecordPart =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'paragraph'; readonly text: string }
  | {
      readonly is: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** What the child's record gets of a PLR, before it is a Word document: headings, words, tables. */
export interface RecordContent {
  readonly title: string;
  readonly parts: readonly RecordPart[];
}
