// What the tests in a browser share: results as TAP, the browser itself, the
// words of ergen, and the page as a screen reader gets it.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(
	path.dirname(fileURLToPath(import.meta.url)), '../..');
export const BUILD = path.resolve(ROOT, process.env.BUILD ?? 'build');

// ---- TAP

let count = 0;

export function ok(isOk, text, ...details) {
	console.log(`${isOk ? '' : 'not '}ok ${++count} - ${text}`);
	if (!isOk)
		for (const line of details.map(show).join('\n').split('\n').slice(0, 60))
			console.log(`#   ${line}`);
	return isOk;
}

function show(x) {
	return typeof x === 'string' ? x : JSON.stringify(x, null, 1) ?? String(x);
}

export function same(found, wanted, text) {
	return ok(JSON.stringify(found) === JSON.stringify(wanted), text,
		'found:', found, 'wanted:', wanted);
}

export function none(list, text) {
	return ok(list.length === 0, text, ...list);
}

export function skip(text, reason) {
	console.log(`ok ${++count} - ${text} # SKIP ${reason}`);
}

export function skipAll(reason) {
	console.log(`1..0 # SKIP ${reason}`);
	process.exit(0);
}

export async function attempt(what, test) {
	try {
		await test();
	} catch (e) {
		ok(false, what, e.stack ?? e);
	}
}

export function plan() {
	console.log(`1..${count}`);
}

// ---- what the machine has

export function program(...names) {
	return names
		.flatMap(n => (process.env.PATH ?? '').split(':').map(d => path.join(d, n)))
		.find(p => fs.existsSync(p));
}

export function load() {
	const require = createRequire(path.join(BUILD, 'node', 'x.js'));
	const browser = program('chromium', 'chromium-browser', 'google-chrome');
	if (!browser)
		skipAll('there is no chromium');
	if (Number(process.versions.node.split('.')[0]) < 18)
		skipAll(`node ${process.version} is too old`);
	try {
		return {
			chromium: require('playwright-core').chromium,
			options: { executablePath: browser,
				args: ['--no-sandbox', '--disable-gpu'] },
			axe: fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'),
		};
	} catch {
		skipAll('there is no playwright-core or axe-core below build/node');
	}
}

// The words that ergen itself puts on a page, in English. words('X', 1, 2)
// takes the form for one where the definition says so.
export function readWords() {
	const text = fs.readFileSync(path.join(ROOT, 'gen/render/words.def'), 'utf8');
	const words = {};
	const string = '"((?:[^"\\\\]|\\\\.)*)"';
	const unescape = s => s?.replace(/\\(.)/g, '$1');
	for (const m of text.matchAll(new RegExp(
		`^[WP]\\((\\w+), (?:(\\d), )?${string}(?:,\\s+${string})?\\)`, 'gm')))
		words[m[1]] = { at: m[2], forms: [unescape(m[3]), unescape(m[4])] };
	return (name, ...args) => {
		const word = words[name];
		const form = word?.at && Number(args[word.at - 1]) !== 1 ? 1 : 0;
		return word?.forms[form].replace(/%(\d)/g, (_, i) => args[i - 1]);
	};
}

// ---- courses, built and served

// A copy of a course below tests/e2e, with those changes of site.yaml; `put`
// are more of its files.
export function buildCourse(temp, name, course, changes = {}, put = {}) {
	const folder = path.join(temp, name);
	fs.cpSync(path.join(ROOT, 'tests/e2e', course), folder,
		{ recursive: true, filter: f => path.basename(f) !== 'out' });
	const file = path.join(folder, 'site.yaml');
	let text = fs.readFileSync(file, 'utf8')
		.replace('../../../themes', path.join(ROOT, 'themes'));
	for (const [key, value] of Object.entries(changes))
		text = text.replace(new RegExp(`^${key}:.*`, 'm'), `${key}: ${value}`);
	fs.writeFileSync(file, text);
	for (const [where, what] of Object.entries(put))
		fs.writeFileSync(path.join(folder, where), what);
	const done = spawnSync(path.join(BUILD, 'ergen'),
		['build', folder, '--only', 'html'], { encoding: 'utf8' });
	ok(done.status === 0, `${name} is built`, done.stderr);
	return path.join(folder, 'out', 'site');
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css',
	'.svg': 'image/svg+xml', '.png': 'image/png', '.xml': 'application/xml',
	'.txt': 'text/plain' };

// A plain server: files below a folder at an address of its own, and its
// 404.html for all others. Pictures come late, so that a page without their
// sizes would jump.
export async function serve(prefix) {
	const state = { site: '/nowhere' };
	const server = http.createServer((request, response) => {
		const { pathname } = new URL(request.url, 'http://x');
		const name = decodeURIComponent(pathname);
		const file = path.join(state.site, name.startsWith(prefix) ?
			name.slice(prefix.length) || 'index.html' : '404.html');
		const isThere = name.startsWith(prefix) &&
			fs.statSync(file, { throwIfNoEntry: false })?.isFile();
		const what = isThere ? file : path.join(state.site, '404.html');
		response.writeHead(isThere ? 200 : 404, { 'content-type':
			TYPES[path.extname(what)] ?? 'application/octet-stream' });
		const bytes = fs.readFileSync(what);
		setTimeout(() => response.end(bytes),
			/\.(svg|png)$/.test(name) ? 150 : 0);
	});
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	state.url = `http://127.0.0.1:${server.address().port}${prefix}`;
	state.close = () => { server.closeAllConnections?.(); server.close(); };
	return state;
}

// ---- the accessibility tree

export const SQUEEZE = s => s.replace(/\s+/g, ' ').trim();

export async function axTree(page) {
	const cdp = await page.context().newCDPSession(page);
	const { nodes } = await cdp.send('Accessibility.getFullAXTree');
	await cdp.detach();
	return nodes;
}

// Everything a screen reader would read out, in order: names of what has no
// text of its own, text, and the digits that CSS makes. One string for the
// page, or one for each node that has the role and whose name begins so.
export function spokenIn(nodes, role, name = '') {
	const byId = new Map(nodes.map(n => [n.nodeId, n]));
	const walk = (node, words) => {
		if (!node)
			return words;
		if (!node.ignored && node.role?.value === 'StaticText')
			words.push(node.name?.value ?? '');
		for (const id of node.childIds ?? [])
			walk(byId.get(id), words);
		return words;
	};
	const from = role ? nodes.filter(n => !n.ignored && n.role?.value === role &&
		(n.name?.value ?? '').startsWith(name)) : [nodes[0]];
	return from.map(n => SQUEEZE(walk(n, []).join('')));
}

export async function spoken(page, role) {
	return spokenIn(await axTree(page), role).join(' ');
}

// ---- pages

export const complaints = [];
export const requests = [];

// Whatever such a page complains of is a failure, and so is what it asks of
// another place.
export async function watched(context) {
	const page = await context.newPage();
	const note = what => complaints.push(`${page.url()}: ${what}`);
	page.on('console', m => note(`${m.type()}: ${m.text()}`));
	// A click during the animation between two pages ends it; that is no fault.
	page.on('pageerror', e => /^Transition was /.test(e.message) ||
		note(e.message));
	page.on('requestfailed', r => note(`${r.url()} ${r.failure()?.errorText}`));
	page.on('dialog', d => { note(`dialog: ${d.message()}`); d.dismiss(); });
	page.on('request', r => requests.push(r.url()));
	page.setDefaultTimeout(10000);
	return page;
}

export function noComplaints(...places) {
	none([...new Set(complaints)], 'no console message, no failed request');
	none([...new Set(requests.filter(r =>
		!['file://', ...places].some(p => r.startsWith(p))))],
	'nothing is asked of another place');
	ok(requests.length > 10, 'there were requests to look at', requests.length);
}

// Elements that stick out to the side, outside of what scrolls by itself.
export async function stickingOut(page, width, height = 800) {
	await page.setViewportSize({ width, height });
	return page.evaluate(() => {
		const isWide = document.documentElement.scrollWidth > innerWidth;
		const out = [...document.querySelectorAll('body *')].filter(e => {
			const { left, right } = e.getBoundingClientRect();
			return (right > innerWidth + 1 || left < -1) && right > left &&
				!e.closest('[tabindex="0"], pre, .scroll, .skip');
		}).slice(0, 5).map(e => e.outerHTML.slice(0, 120));
		return isWide ? [`${document.documentElement.scrollWidth} px`, ...out] :
			out;
	});
}

// Without preload: it would fetch the style sheets, which the page forbids.
// On paper nothing is touched.
export async function axeRun(page, axe, what, isPaper = false) {
	if (!await page.evaluate(() => 'axe' in globalThis))
		await page.evaluate(axe);
	const found = await page.evaluate(isScreen => globalThis.axe.run(document,
		{ resultTypes: ['violations'], preload: false,
			rules: { 'target-size': { enabled: isScreen } } }), !isPaper);
	none(found.violations.map(v => `${v.id}: ${v.help}\n` +
		v.nodes.slice(0, 5).map(n => `  ${n.html.slice(0, 160)}\n  ` +
			n.failureSummary.replace(/\n/g, '\n  ')).join('\n')),
	`axe finds nothing: ${what}`);
}
