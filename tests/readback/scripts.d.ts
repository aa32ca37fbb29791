// What scripts of pages give each other.

interface Place { x: number; y: number }
interface Box extends Place { width: number; height: number }

/** A picture that is moved. */
interface Moved {
  zooms: { in: () => void; out: () => void; whole: () => void };
  /** Brings a place, by its middle, into sight. */
  bring(box: Box, atOnce?: boolean): void;
  /** Whether the pointer that was lifted last had dragged the picture. */
  wasDragged(): boolean;
}

/** What the search of the explorer answers. */
interface Found {
  hits: { id: string; label: string; name: string; language: string | null; class: string }[];
  found: number;
}

/** The names that the search of pages looks in: folded, as written, the language, and the place of the entity. */
interface Names {
  languages: string[];
  /** In each of these: of what was found, of nothing, of names that are like what was typed. */
  said: [string, string, string][];
  entities: [string, string[]][];
  names: [string, string, string, number][];
  here?: boolean;
}

interface Window {
  rapporteurPicture: {
    moved(figure: HTMLElement, svg: SVGSVGElement): Moved;
    towards(nodes: Map<string, { place: Place; linked: string[] }>, from: string, key: string): string | null;
  };
  rapporteurNames(names: Names): void;
  /** Makes the search of the page work. */
  rapporteurSearch(): void;
  /** Takes the other languages of a file, each as what stands in its body, compressed. */
  rapporteurLanguages(bodies: Record<string, string>): void;
  trustedTypes?: { createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): unknown } };
}

/** What a word may become. */
interface Completions {
  completions: { text: string; label: string; kind: string }[];
}

/** Why a query cannot be asked, and where it says so. */
interface Mistake {
  detail: string;
  help?: string;
  line?: number;
  column?: number;
}
