#!/usr/bin/env node
// Pictures of this course's website for people to look at: every template in
// light, dark and at phone width, into build/screenshots/.

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
await browser.close();
console.log(`${path.relative(ROOT, folder)}/: ${Object.keys(PAGES).length *
	Object.keys(WAYS).length} pictures`);
