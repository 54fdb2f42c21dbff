#!/usr/bin/env node
// Pictures for people to look at, into build/screenshots/: every template of
// this course's website in light, dark and at phone width; cards as Anki's
// backend makes them, both sides, by day and by night, for desk and phone.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUILD, ROOT, load } from './e2e/browser.mjs';

const PAGES = {
	home: 'index.html',
	module: 'hybrid/index.html',
	lesson: 'hybrid/expressroute.html',
	quiz: 'hybrid/expressroute-quiz.html',
	glossary: 'glossary.html',
	index: 'a-z.html',
	tips: 'tips.html',
	print: 'print.html',
};
const WAYS = {
	light: { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
	dark: { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
	phone: { colorScheme: 'light', viewport: { width: 390, height: 844 } },
};
const QUESTION = '.quiz > fieldset.q';

// A quiz says more when it has been answered: the first question rightly, the
// second one wrongly.
async function answer(page) {
	for (const [i, kind] of [[0, '.k'], [1, ':not(.k)']]) {
		const question = page.locator(QUESTION).nth(i);
		await question.locator(`[type=radio]${kind}`).first().check();
		await question.locator('.ck > input').check();
	}
}

// The classes that Anki gives to a card's body.
const LOOKS = [
	{ name: 'desk', width: 640, classes: 'isLin' },
	{ name: 'desk, night', width: 640, classes: 'isLin nightMode night_mode' },
	{ name: 'phone', width: 360, classes: 'mobile' },
	{ name: 'phone, night', width: 360, classes: 'mobile night_mode nightMode' },
];

// A card's two sides below each other, for each look a column.
function sheet(name) {
	const column = ({ name: title, width }) =>
		`<div style="width:${width}px"><p>${title}</p>${['front', 'back'].map(
			side => `<iframe src="${name}-${side}.html" width="${width}"
				height="700"></iframe>`).join('')}</div>`;
	return `<!doctype html><meta charset="utf-8"><style>
body { display: flex; gap: 16px; margin: 16px; width: max-content;
	background: #889; font: 14px sans-serif; }
p { margin: 0 0 4px; }
iframe { display: block; border: 0; margin: 0 0 16px; }
</style>${LOOKS.map(column).join('')}`;
}

// As tall as what it shows, and at least as a card that says little.
async function fit(frame, look) {
	const height = await frame.evaluate(classes => {
		document.body.className += ' ' + classes;
		for (const details of document.querySelectorAll('details'))
			details.open = document.querySelector('#answer, .cloze') !== null;
		return Math.max(160, document.body.offsetHeight);
	}, look.classes);
	const element = await frame.frameElement();
	await element.evaluate((e, h) => e.setAttribute('height', h), height);
}

async function shootCards(browser, to) {
	const at = path.join(to, 'card-pages');
	const made = spawnSync(path.join(ROOT, 'tests/cards.py'), [at],
		{ encoding: 'utf8' });
	if (made.status !== 0 || !fs.existsSync(at)) {
		console.log(`no cards: ${made.stdout ?? ''}${made.stderr ?? made.error}`);
		return 0;
	}
	const page = await browser.newPage();
	const names = fs.readdirSync(at).filter(f => f.endsWith('-front.html'))
		.map(f => f.slice(0, -'-front.html'.length));
	for (const name of names) {
		const file = path.join(at, `sheet-${name}.html`);
		fs.writeFileSync(file, sheet(name));
		await page.setViewportSize({ width: 2112, height: 400 });
		await page.goto(pathToFileURL(file).href);
		const frames = page.frames().slice(1);
		for (const [i, frame] of frames.entries())
			await fit(frame, LOOKS[Math.floor(i / 2)]);
		// What stands outside of the window would not be drawn in time.
		await page.setViewportSize({ width: 2112, height: await page.evaluate(
			() => document.body.offsetHeight + 32) });
		await page.screenshot({ path: path.join(to, `card-${name}.png`) });
	}
	await page.close();
	return names.length;
}

const { chromium, options } = load();
const folder = path.join(BUILD, 'screenshots');
fs.mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(options);
for (const [way, settings] of Object.entries(WAYS)) {
	const context = await browser.newContext({ ...settings,
		javaScriptEnabled: false, reducedMotion: 'reduce' });
	const page = await context.newPage();
	for (const [name, file] of Object.entries(PAGES)) {
		await page.goto(pathToFileURL(path.join(ROOT, 'out/site', file)).href);
		if (name === 'quiz')
			await answer(page);
		await page.screenshot({ path: path.join(folder, `${name}-${way}.png`),
			fullPage: name !== 'print' });
	}
	await context.close();
}
const nCards = await shootCards(browser, folder);
await browser.close();
console.log(`${path.relative(ROOT, folder)}/: ${Object.keys(PAGES).length *
	Object.keys(WAYS).length + nCards} pictures`);
