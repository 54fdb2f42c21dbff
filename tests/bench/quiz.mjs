#!/usr/bin/env node
// Measures what a change in a quiz costs the browser: style and layout after
// one click, one typed letter and "check all", by the number of questions on
// the page. Medians; not a test.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUILD, ROOT, load, readWords } from '../e2e/browser.mjs';
import { answerMany, manyQuestions } from '../e2e/many.mjs';

const SIZES = [10, 40, 200, 500];
const ROUNDS = 15;
const { chromium, options } = load();
const words = readWords();
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'ergen-bench-quiz-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));

function build() {
	fs.mkdirSync(path.join(work, 'content'));
	fs.writeFileSync(path.join(work, 'site.yaml'), 'id: many\ntitle: Many\n' +
		'lang: en\nurl: https://example.org/\noutputs: {html: {}}\n' +
		`theme: ${path.join(ROOT, 'themes/default')}\n`);
	fs.writeFileSync(path.join(work, 'content/index.md'), '# Many\n\nMany.\n');
	for (const n of SIZES)
		fs.writeFileSync(path.join(work, 'content', `${n}-of-${n}.quiz.md`),
			manyQuestions(n, `of-${n}`));
	const run = spawnSync(path.join(BUILD, 'ergen'),
		['build', work, '--out', path.join(work, 'out')], { encoding: 'utf8' });
	if (run.status !== 0)
		throw new Error(run.stdout + run.stderr);
}

// Milliseconds until the page is laid out again.
const changes = {
	click: (page, i) => page.evaluate((k) => {
		const all = document.querySelectorAll('fieldset input[type=radio]');
		const input = all[k % all.length];
		const start = performance.now();
		input.click();
		document.documentElement.getBoundingClientRect();
		return performance.now() - start;
	}, i * 7),
	letter: (page, i) => page.evaluate((k) => {
		const input = document.querySelectorAll('fieldset input[type=text]')[k % 3];
		const start = performance.now();
		input.value += 'x';
		document.documentElement.getBoundingClientRect();
		return performance.now() - start;
	}, i),
	'check all': (page, i) => page.evaluate(([text, isOn]) => {
		const input = [...document.querySelectorAll('label')].find(l =>
			l.textContent === text).control;
		input.checked = !isOn;
		document.documentElement.getBoundingClientRect();
		const start = performance.now();
		input.checked = isOn;
		document.documentElement.getBoundingClientRect();
		return performance.now() - start;
	}, [words('CHECK_ALL'), i % 2 === 0]),
};

const median = list => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

build();
const browser = await chromium.launch(options);
const context = await browser.newContext({ javaScriptEnabled: false });
const page = await context.newPage();
console.log('\nquizzes in a browser: ms of style and layout after a change');
console.log('questions  elements      kB' +
	Object.keys(changes).map(k => k.padStart(11)).join('') + '  check all/question');
for (const n of SIZES) {
	const file = fs.readdirSync(path.join(work, 'out/site'))
		.find(f => f.includes(`of-${n}`) && f.endsWith('.html'));
	const full = path.join(work, 'out/site', file);
	await page.goto(pathToFileURL(full).href);
	const elements = await page.evaluate(() =>
		document.querySelectorAll('*').length);
	await answerMany(page, Array.from({ length: n }, (_, i) => i % 2));
	const times = [];
	for (const change of Object.values(changes)) {
		const list = [];
		for (let i = 0; i < ROUNDS; i++)
			list.push(await change(page, i));
		times.push(median(list));
	}
	console.log(String(n).padStart(9) + String(elements).padStart(10) +
		(fs.statSync(full).size / 1000).toFixed(0).padStart(8) +
		times.map(t => t.toFixed(1).padStart(11)).join('') +
		(times.at(-1) / n).toFixed(2).padStart(20));
}
await browser.close();
