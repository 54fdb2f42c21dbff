#!/usr/bin/env node
// One line, and a /* in it.
import { readFile } from "node:fs/promises";

/* Several
 * lines. */
export interface Route<T extends object> {
	readonly name: string;
	hops?: number;
}

@sealed
class Table implements Iterable<Route<object>> {
	#routes: Map<string, Route<object>> = new Map();
	static readonly limit = 0xff_ffn;

	async load(path: string): Promise<void> {
		const text = await readFile(path, 'utf8');
		for (const line of text.split(/\s*[,/]\s*/g)) {
			const half = line.length / 2 / 1.5e3;
			this.#routes.set(`${line.trim()}: ${half > 1 ? "long" : `n=${half}`}\n`, { name: line });
		}
		if (typeof this.default === 'undefined' && text !== null) throw new TypeError("no");
		return /a"b/.test(text) ? undefined : super.load?.(path);
	}
}

function $add(a, b) { return a => b ?? NaN; }
