import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';

export interface WordTable {
  readonly hasHeaderRow: boolean;
  readonly rows: readonly (readonly string[])[];
}

export interface OpenedWord {
  readonly parts: Readonly<Record<'document' | 'styles' | 'numbering' | 'core' | 'footer', string>>;
  /** The text of each paragraph outside tables and in them, in order. */
  readonly paragraphs: readonly string[];
  readonly tables: readonly WordTable[];
}

/** Reads a .docx as a stranger would: from its XML, not from the library that wrote it. */
export function openWord(bytes: Buffer): OpenedWord {
  const files = unzipSync(bytes);
  const part = (path: string) => {
    const file = files[path];
    assert.ok(file, `${path} is in the document`);
    return strFromU8(file);
  };
  const document = part('word/document.xml');
  return {
    parts: {
      document,
      styles: part('word/styles.xml'),
      numbering: part('word/numbering.xml'),
      core: part('docProps/core.xml'),
      footer: part('word/footer1.xml'),
    },
    paragraphs: between(document, 'w:p').map(textOf),
    tables: between(document, 'w:tbl').map((table) => ({
      hasHeaderRow: /<w:tblHeader\/>/.test(between(table, 'w:tr')[0] ?? ''),
      rows: between(table, 'w:tr').map((row) => between(row, 'w:tc').map(textOf)),
    })),
  };
}

function between(xml: string, tag: string): string[] {
  return xml.match(new RegExp(`<${tag}(?: [^>]*)?>.*?</${tag}>`, 'gs')) ?? [];
}

function textOf(xml: string): string {
  return between(xml, 'w:t')
    .map((run) => run.replace(/<[^>]*>/g, ''))
    .join('')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
