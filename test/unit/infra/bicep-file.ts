import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

const root = new URL('../../../infra/', import.meta.url);

await Parser.init();
const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

/** A Bicep file under infra/, parsed by the tree-sitter grammar: syntax only, since no compiler is at hand. */
export class BicepFile {
  readonly path: string;
  readonly tree: Node;

  constructor(path: string) {
    this.path = path;
    const text = readFileSync(new URL(path, root), 'utf8');
    this.tree = BicepFile.read(path.endsWith('.bicepparam') ? asTemplate(text) : text);
  }

  static read(text: string): Node {
    return parser.parse(text)!.rootNode;
  }

  /** Where the grammar could not follow, as `line: text`. */
  problems(): string[] {
    const wrong = this.nodes().filter((node) => node.isError || node.isMissing);
    return wrong.map((node) => `${this.path}:${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
  }

  nodes(): Node[] {
    const walk = (node: Node): Node[] => [node, ...node.children.flatMap(walk)];
    return walk(this.tree);
  }

  ofKind(kind: string): Node[] {
    return this.nodes().filter((node) => node.type === kind);
  }

  /** Names of what is declared: `parameter_declaration`, `output_declaration` and so on. */
  declared(kind: string): string[] {
    return this.ofKind(kind).map(
      (node) => node.namedChildren.find((child) => child.type === 'identifier')!.text,
    );
  }

  /** Parameters that have no default: whoever uses the file must give them. */
  requiredParameters(): string[] {
    const required = this.ofKind('parameter_declaration').filter(
      (node) => !/^param \w+ \w+ =/.test(node.text),
    );
    return required.map((node) => node.namedChildren[0]!.text);
  }

  /** Object properties of this name, anywhere, with the text of their value. */
  values(property: string): string[] {
    return this.ofKind('object_property')
      .filter((node) => node.namedChildren[0]!.text === property)
      .map((node) => node.namedChildren[1]!.text);
  }
}

/** The grammar knows no `param name = value`, a parameter file's own form: to it we show the same words as a `var`. */
function asTemplate(parameters: string): string {
  return parameters.replace(/^param (?=\w+ =)/gm, 'var ');
}
