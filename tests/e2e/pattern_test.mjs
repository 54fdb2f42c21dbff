#!/usr/bin/env node
// Patterns for typed answers, judged by the browser that they are for: each
// must compile under the flags u and v and match what is right, and nothing
// else. The patterns come from the C code, by way of tests/e2e/pattern_list.c.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BUILD = path.resolve(ROOT, process.env.BUILD ?? 'build');
const FLAGS = ['u', 'v'];

// ---- TAP

let count = 0;

function ok(isOk, text, ...details) {
	console.log(`${isOk ? '' : 'not '}ok ${++count} - ${text}`);
	if (!isOk)
		for (const d of details.flat().slice(0, 20))
			console.log(`#   ${typeof d === 'string' ? d : JSON.stringify(d)}`);
}

function none(list, text) {
	ok(list.length === 0, text, list);
}

function skipAll(reason) {
	console.log(`1..0 # SKIP ${reason}`);
	process.exit(0);
}

// ---- what the machine has

function load() {
	const require = createRequire(path.join(BUILD, 'node', 'x.js'));
	const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
		.flatMap(n => (process.env.PATH ?? '').split(':').map(d => path.join(d, n)))
		.find(p => fs.existsSync(p));
	if (!executablePath)
		skipAll('there is no chromium');
	if (Number(process.versions.node.split('.')[0]) < 18)
		skipAll(`node ${process.version} is too old`);
	try {
		return { executablePath, chromium: require('playwright-core').chromium };
	} catch {
		skipAll('there is no playwright-core below build/node');
	}
}

// ---- asking the C code and the browser

const escape = text => [...Buffer.from(text)].map(b =>
	/[\w.-]/.test(String.fromCharCode(b)) ? String.fromCharCode(b)
		: '\\' + b.toString(8).padStart(3, '0')).join('');

// requests: arrays such as ['number', '1', '2']
function patternsOf(requests) {
	const program = path.join(BUILD, 'asan', 'pattern-list');
	const { stdout, stderr, status, error } = spawnSync(program, {
		input: requests.map(r => r.map(escape).join(' ') + '\n').join(''),
		encoding: 'utf8', maxBuffer: 1 << 28,
	});
	if (error || status !== 0)
		throw new Error(`${program}: ${error ?? stderr}`);
	const lines = stdout.split('\n').slice(0, -1);
	if (lines.length !== requests.length)
		throw new Error(`${lines.length} patterns for ${requests.length} requests`);
	return lines;
}

// For each pattern and flag: which of its inputs match, as "0110…", or what is
// wrong with the pattern.
const matches = (page, jobs) => page.evaluate(([jobs, flags]) =>
	jobs.map(({ pattern, inputs }) => flags.map(flag => {
		try {
			const regex = new RegExp(`^(?:${pattern})$`, flag);
			return inputs.map(s => regex.test(s) ? '1' : '0').join('');
		} catch (e) {
			return e.message;
		}
	})), [jobs, FLAGS]);

// cases: { request, inputs, isRight(input) }. Gives complaints.
async function judge(page, cases) {
	const patterns = patternsOf(cases.map(c => c.request));
	const found = await matches(page,
		cases.map((c, i) => ({ pattern: patterns[i], inputs: c.inputs })));
	const complaints = [];
	cases.forEach((c, i) => FLAGS.forEach((flag, f) => {
		const bits = found[i][f];
		if (!/^[01]*$/.test(bits) || bits.length !== c.inputs.length) {
			complaints.push(`${flag}: ${bits}: ${patterns[i]}`);
			return;
		}
		c.inputs.forEach((input, k) => {
			if ((bits[k] === '1') !== c.isRight(input))
				complaints.push(`${flag}: ${JSON.stringify(c.request)}: ` +
					`${JSON.stringify(input)} ` +
					`${bits[k] === '1' ? 'matches' : 'does not match'}: ${patterns[i]}`);
		});
	}));
	checks += FLAGS.length * cases.reduce((n, c) => n + c.inputs.length, 0);
	return complaints;
}

let checks = 0;

// ---- numbers

const NUMBER = /^([+\-\u2212]?)(\d*)(?:[.,](\d*))?$/;

// As a multiple of 10^-240, or null.
function scaled(text) {
	const m = NUMBER.exec(text.trim());
	if (!m || !(m[2] || m[3]))
		return null;
	const size = BigInt((m[2] || '0') + (m[3] ?? '').padEnd(240, '0'));
	return m[1] && m[1] !== '+' ? -size : size;
}

function numberCase([low, high], inputs) {
	const [l, h] = [scaled(low), scaled(high)];
	const isRight = input => {
		const n = scaled(input);
		return n !== null && l <= n && n <= h;
	};
	return { request: ['number', low, high], inputs, isRight };
}

const INTERVALS = [['21.1', '22.1'], ['0', '0'], ['5', '5'], ['99.94', '99.96'],
	['1', '100'], ['0.5', '0.75'], ['-1.5', '2.25'], ['-3', '-1'],
	['99', '1205.5'], ['10', '10.05'], ['0.1', '0.1'], ['1.25', '1.25'],
	['9.99', '10.01'], ['0', '0.5'], ['-0.5', '0'], ['1.2', '1.25'],
	['-100', '-99.5'], ['007', '007.10'], ['-0.0', '00']];

const NOT_NUMBERS = ['abc', '', ' ', '1e3', '1 000', '--1', '+-1', '.', ',',
	'-', '+', '-.', '+,', '1..2', '1.2.3', '1,2,3', '5 min', '5%', '0x5', '½', '٣',
	'1_0', "1'000", 'Infinity', 'NaN', '\u22121\u2212', '- 1', '5;', '١'];

function plainInputs() {
	const all = new Set(NOT_NUMBERS);
	const ends = ['', '.', '.0', '.00', '.5', '.50', '.05', '.25', '.1', '.10',
		'.09', '.11', '.94', '.95', '.96', '.97', '.99', '.999', '.9399', '.9401',
		'.2', '.250', '.2501', '.26', '.75', '.751', '.7499'];
	for (const end of ends) {
		for (let i = 0; i <= 400; i++)
			for (const sign of ['', '-'])
				all.add(sign + i + end);
		for (const sign of ['', '-', '+', '\u2212']) {
			all.add(sign + end);
			all.add(`${sign}000${end}`);
		}
	}
	for (let i = 0; i < 200; i++) {
		for (const s of [`${1000 + 2 * i}.5`, (i / 100).toFixed(2),
			(9 + i / 100).toFixed(3), `00${i}`, `+${i}`, `\u2212${i}`,
			(i / 100).toFixed(2).replace('.', ','), `  ${i}\u00a0`])
			all.add(s);
	}
	return [...all];
}

// The same numbers at each run, 0 up to n - 1.
function randomizer(seed) {
	return n => {
		seed = (seed * 1103515245 + 12345) % 2147483648;
		return Math.floor(seed / 65536) % n;
	};
}

// Around a bound: with each digit changed, cut off and added.
function near(bound) {
	const all = [bound];
	for (let i = 0; i < bound.length; i++) {
		if (!/\d/.test(bound[i]))
			continue;
		for (const digit of '0123456789') {
			all.push(bound.slice(0, i) + digit + bound.slice(i + 1));
			all.push(bound.slice(0, i) + digit);
		}
		all.push(bound.slice(0, i), bound.slice(0, i) + bound.slice(i + 1));
	}
	const point = bound.includes('.') ? '' : '.';
	for (const end of ['0', '1', '9', '01', '00', '5'])
		all.push(bound + point + end, bound + end);
	return all.flatMap(s => [s, s.startsWith('-') ? s.slice(1) : '-' + s]);
}

function randomIntervals(random) {
	const number = () => {
		const digits = n => Array.from({ length: n },
			() => '0019599'[random(7)]).join('');
		const fraction = digits(random(4));
		return (random(4) ? '' : '-') + digits(1 + random(4)) +
			(fraction && '.' + fraction);
	};
	const sort = pair => scaled(pair[0]) <= scaled(pair[1]) ? pair : pair.reverse();
	return Array.from({ length: 400 }, () => sort([number(), number()]));
}

const POWERS = [2n ** 64n, 2n ** 128n, 10n ** 39n];
const LARGE = POWERS.flatMap(p => [[p, p], [p - 1n, p + 1n], [0n, p],
	[p * 99n / 100n, p * 101n / 100n], [-p, 1n]].map(pair => pair.map(String)))
	.concat([['0.' + '3'.repeat(40), '0.' + '4'.repeat(40)],
		['1' + '0'.repeat(30) + '.5', '9'.repeat(40)]]);

async function testNumbers(page) {
	const inputs = plainInputs();
	none(await judge(page, INTERVALS.map(pair => numberCase(pair, inputs))),
		'intervals match their numbers and no others');
	const around = pair =>
		numberCase(pair, [...near(pair[0]), ...near(pair[1]), ...NOT_NUMBERS]);
	none(await judge(page, randomIntervals(randomizer(7)).map(around)),
		'random intervals do, close to their bounds');
	none(await judge(page, LARGE.map(around)), 'answers of 40 digits do');
	const longest = Math.max(...patternsOf(LARGE.map(
		pair => ['number', ...pair])).map(p => p.length));
	ok(longest < 3000, 'their patterns stay below 3,000 characters', [longest]);
	const most = ['0.1' + '5'.repeat(198), '0.' + '6'.repeat(199)];
	none(await judge(page, [numberCase(most, most.flatMap(near))]),
		'the longest bounds that are allowed do not nest too deep');
}

// ---- texts

const SPACES = /[\s]/u;
const PUNCTUATION = [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'];
const HOSTILE = ['a-b_c&d~e', 'C++ (v2) / [x]{1}', '\\d', '&&', '--', '"', "'",
	'\'"`', '<b>&amp;</b>', '[^\\s\\S]', '(?:', ')', ']', '[', '{', '}', '\\', '|',
	'a|b', '||', '.*', '^$', '\\p{L}', '\\u{61}', '\\Q.\\E', 'a{2}', '(?i)a', '$&',
	'&quot;', '👍', '👩‍💻 ok', '🇩🇪', 'e\u0301', 'x\u0302', 'n\u0303o', 'ß', 'ẞ',
	'Straße', 'İ', 'ı', 'ſ', 'K', 'ΟΔΟΣ', 'οδός', 'Σίσυφος', 'ǆ', 'Ǆ', 'ﬁ', 'ŉ', 'ǰ',
	'ᾳ', 'Ⅳ', 'Ⓐ', 'ა', 'Ꭰ', '𐐀', '日本語', 'العربية', 'हिन्दी', 'naïve café',
	'a\u00adb', 'a\ufeffb', '\u202eab', 'a\u0001b', 'a\u001fb', 'a\u007fb', 'a\u0085b',
	'192.168.0.0/16', 'az group list --query "[?tags.env==\'x\']"',
	'SELECT * FROM t WHERE a != b;', 'x'.repeat(200), '%s%n', 'C:\\Temp\\*.log',
	...PUNCTUATION, PUNCTUATION.join(''), PUNCTUATION.join(' ')];

// A letter is another's case variant: a simple mapping leads from the one that
// is accepted to the other, or both are a sigma.
const SIMPLE = { 'İ': 'i', 'ᾳ': 'ᾼ', 'ǆ': 'ǅ', 'Ǆ': 'ǅ' };
function isVariant(accepted, c) {
	if (!/\p{L}/u.test(accepted))
		return c === accepted;
	const one = s => [...s].length === 1 ? s : accepted;
	return c === accepted || c === one(accepted.toUpperCase()) ||
		c === one(accepted.toLowerCase()) || c === SIMPLE[accepted] ||
		('Σσς'.includes(accepted) && 'Σσς'.includes(c));
}

const solid = text => [...text].filter(c => !SPACES.test(c));

function sameCaseless(accepted, input) {
	const [a, b] = [solid(accepted.normalize('NFC')), solid(input)];
	return a.length === b.length && a.every((c, i) => isVariant(c, b[i]));
}

// Inputs close to a text, right and wrong.
function variants(text) {
	const nfc = text.normalize('NFC');
	const chars = [...nfc];
	const all = ['', ' ', 'x', nfc, text, ` ${nfc}\t`, `\u00a0${nfc}\u3000`,
		nfc.toUpperCase(), nfc.toLowerCase(), chars.join(' '), chars.join('\u00a0 '),
		solid(nfc).join(''), nfc + 'x', 'x' + nfc, nfc + nfc, nfc + '.',
		nfc.replace(/ /g, '  '), nfc.replace(/[\s]/g, '-')];
	chars.slice(0, 60).forEach((c, i) => {
		const put = s => all.push([...chars.slice(0, i), s,
			...chars.slice(i + 1)].join(''));
		['', 'x', '.', '\\', '-', c + c, c.toUpperCase(), c.toLowerCase(), 'ς', 'S', 'ǅ', 'ᾼ',
			String.fromCodePoint(c.codePointAt(0) ^ 32)].forEach(put);
	});
	return all.filter(s => s.isWellFormed?.() ?? true);
}

const textCase = text => ({ request: ['text', text], inputs: variants(text),
	isRight: s => sameCaseless(text, s) });
const exactCase = text => ({ request: ['exact', text], inputs: variants(text),
	isRight: s => s.trim() === text.normalize('NFC').trim() });

const ASCII = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i));

async function testTexts(page) {
	none(await judge(page, HOSTILE.map(textCase)), 'texts match in any case');
	none(await judge(page, HOSTILE.map(exactCase)), 'exact texts match as they are');
	none(await judge(page, ASCII.slice(1).filter(c => !SPACES.test(c)).flatMap(c => [
		{ request: ['exact', c], inputs: ASCII, isRight: s => s === c },
		{ request: ['text', c], inputs: ASCII, isRight: s => sameCaseless(c, s) },
	])), 'an ASCII character matches itself alone');
	const pairs = PUNCTUATION.flatMap(a => PUNCTUATION.map(b => a + b));
	none(await judge(page, pairs.flatMap(pair => ['exact', 'text'].map(how => ({
		request: [how, pair], inputs: [pair, pair[0], pair[1], pair + pair[1], 'a', ''],
		isRight: s => s === pair })))), 'so do two punctuation characters');
	none(await judge(page, [
		{ request: ['text', ...HOSTILE], inputs: [...HOSTILE, 'x', '', ' ', '0'],
			isRight: s => HOSTILE.some(t => sameCaseless(t, s)) },
		{ request: ['exact', ...HOSTILE], inputs: [...HOSTILE, 'x', '', ' ', '0'],
			isRight: s => HOSTILE.some(t => t.normalize('NFC') === s) },
	]), 'one of many texts is enough');
	const empty = [['text'], ['exact'], ['text', ' \t'], ['exact', '\u00a0', ''], ['text', '\ufeff\v'],
		['number', '2', '1']];
	none(await judge(page, empty.map(request => ({ request,
		inputs: ['', ' ', '\u00a0', 'a', '0', '1', '2', '\n', '👍'],
		isRight: () => false }))), 'where there is no answer, nothing is right');
}

// ---- a real form

const attribute = text => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')
	.replace(/</g, '&lt;').replace(/>/g, '&gt;');

async function testInputs(page) {
	// A field of one line takes no line ends.
	const cases = [...HOSTILE.flatMap(t => [textCase(t), exactCase(t)]),
		...INTERVALS.map(pair => numberCase(pair, ['0', '1.25', '21.5', '-2', '99,95',
			'100', '\u22121', '.1', '5.', 'abc', '1e0']))];
	const patterns = patternsOf(cases.map(c => c.request));
	await page.setContent('<!doctype html><meta charset="utf-8"><form>' +
		patterns.map(p => `<input required pattern="${attribute(p)}">`).join('\n') +
		'</form>');
	const found = await page.evaluate(all =>
		[...document.querySelectorAll('input')].map((field, i) =>
			all[i].map(input => {
				field.value = input;
				return field.matches(':valid');
			})), cases.map(c => c.inputs));
	const complaints = cases.flatMap((c, i) => c.inputs.filter((input, k) =>
		found[i][k] !== (input !== '' && c.isRight(input)))
		.map(input => `${c.request.join(' ')}: ${JSON.stringify(input)}`));
	none(complaints, 'a field with the pattern is :valid when the answer is right');
}

// ---- the whole

const { executablePath, chromium } = load();
const browser = await chromium.launch({ executablePath,
	args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
const complaints = [];
page.on('console', m => complaints.push(m.text()));
page.on('pageerror', e => complaints.push(e.message));
for (const test of [testNumbers, testTexts, testInputs]) {
	try {
		await test(page);
	} catch (e) {
		ok(false, test.name, [String(e.stack ?? e)]);
	}
}
none(complaints, 'the browser says nothing about a pattern');
ok(checks > 500000, 'there was enough to look at', [checks]);
await browser.close();
console.log(`1..${count}`);
