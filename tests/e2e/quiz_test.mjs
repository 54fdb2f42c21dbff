#!/usr/bin/env node
// Quizzes with every kind of question in a browser, with JavaScript switched
// off, by roles and names. What is right is written down below, by hand: the
// course in tests/e2e/kinds and what else is built here is made for this test.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUILD, ROOT, SQUEEZE, attempt, axTree, axeRun, load, noComplaints,
	none, ok, plan, program, readWords, same, skip, spoken, spokenIn, stickingOut,
	watched } from './browser.mjs';
import { withFirefox } from './firefox.mjs';
import { answerMany, manyQuestions } from './many.mjs';

const words = readWords();
const WORK = fs.mkdtempSync(path.join(os.tmpdir(), 'ergen-quiz-'));
process.on('exit', () => fs.rmSync(WORK, { recursive: true, force: true }));

// ---- the questions: fields are [role, name, value]

const kind = {
	radio: (title, right, wrong, more) => ({ title,
		right: [['radio', right]], wrong: [['radio', wrong]],
		marks: { right: [`${right} ✓ Correct answer`],
			wrong: [`${right} ✓ Correct answer`, `${wrong} ✗ Incorrect`] },
		...more }),
	boxes: (title, right, wrong, more) => ({ title,
		right: [['boxes', right]], wrong: [['boxes', wrong]], ...more }),
	typed: (title, name, right, wrong, more) => ({ title,
		right: [['textbox', name, right]], wrong: [['textbox', name, wrong]],
		...more }),
	fields: (title, role, right, wrong, more) => ({ title,
		right: Object.entries(right).map(f => [role, ...f]),
		wrong: Object.entries(wrong).map(f => [role, ...f]), ...more }),
};

// told: after a check, whatever was answered; marks, feedback: by the answer.
const KINDS = [
	kind.radio('Choose one', 'Five', 'Two', {
		told: ['Answer: Five', 'See the sizes', 'RFC 1918 says nothing of this.',
			'Read more: Subnets'],
		feedback: { right: ['The first four and the last.'],
			wrong: ['That is an ordinary network.'] } }),
	kind.boxes('Choose many', ['10.0.0.0/8', '192.168.0.0/16'],
		['10.0.0.0/8', '11.0.0.0/8'], { points: 2,
			told: ['Answer: 10.0.0.0/8 192.168.0.0/16'],
			marks: { right: ['10.0.0.0/8 ✓ Correct answer',
				'192.168.0.0/16 ✓ Correct answer'],
			wrong: ['10.0.0.0/8 ✓ Correct answer', '11.0.0.0/8 ✗ Incorrect',
				'192.168.0.0/16 ✓ Correct answer'] } }),
	kind.radio('A subnet may hold addresses of two networks.', 'False', 'True',
		{ told: ['Answer: False'] }),
	kind.boxes('None may be right', ['None of these'], ['gateway'], {
		told: ['Answer: None of these.'],
		marks: { right: ['None of these ✓ Correct answer'],
			wrong: ['None of these ✓ Correct answer', 'gateway ✗ Incorrect'] } }),
	kind.typed('A name', 'Your answer', 'GatewaySubnet', 'Gateway_Subnet', {
		told: ['Answer: GatewaySubnet (also right: gateway subnet)',
			'It is the only name that works.', 'Read more: the Azure documentation'],
		feedback: { wrong: ['If you wrote “Gateway_Subnet”: The name has no',
			'If you wrote “GatewaySubnets”: There is only one.'] } }),
	kind.typed('Signs', 'Your answer', '[|0-9]', '5',
		{ told: ['Answer: [0-9]|\\| (also right: [|0-9])'] }),
	kind.typed('A number', 'Your answer', '251', '254', {
		told: ['Answer: 251.'],
		feedback: { wrong: ['If you wrote “254”: That is an ordinary network.'] } }),
	kind.typed('A number with a tolerance', 'Your answer in h', '−1.3', '1.5', {
		told: ['1.5 ± 0.25 h.', 'Every number from'] }),
	kind.typed('A range', 'Your answer in %', '22', '26',
		{ points: 3, told: ['Answer: 20 to 25'] }),
	kind.fields('Put in order', 'combobox',
		{ 'Make the network': '1', 'Make its subnet': '2', 'Make the gateway': '3',
			'Connect it': '4' },
		{ 'Make the network': '1', 'Make its subnet': '2', 'Make the gateway': '4',
			'Connect it': '3' }, { points: 4, partly: 2,
			told: ['Answer: Make the network Make its subnet Make the gateway',
				'First things first.'],
			marks: { right: ['Make the network ✓ Right', 'Make its subnet ✓ Right',
				'Make the gateway ✓ Right', 'Connect it ✓ Right'],
			wrong: ['Make the network ✓ Right', 'Make its subnet ✓ Right',
				'Make the gateway ✗ Wrong', 'Connect it ✗ Wrong'] } }),
	kind.fields('Match', 'combobox', { 'Class A': '10.0.0.0/8',
		'Class B': '172.16.0.0/12', 'Class C': '192.168.0.0/16' },
	{ 'Class A': '10.0.0.0/8', 'Class B': '169.254.0.0/16',
		'Class C': '172.16.0.0/12' }, {
		told: ['Answer: Class A 10.0.0.0/8 Class B 172.16.0.0/12 Class C 192.168.0.0/16'],
		marks: { right: ['Class A ✓ Right', 'Class B ✓ Right', 'Class C ✓ Right'],
			wrong: ['Class A ✓ Right', 'Class B ✗ Wrong', 'Class C ✗ Wrong'] } }),
	kind.fields('Match pictures', 'combobox', { Ring: 'B', Box: 'A' },
		{ Ring: 'A', Box: 'A' }, { told: ['Answer: Ring'],
			marks: { right: ['Ring ✓ Right', 'Box ✓ Right'],
				wrong: ['Ring ✗ Wrong', 'Box ✓ Right'] } }),
	kind.fields('Matrix', 'radio', { 'A subnet has a range Yes': true,
		'A subnet spans regions No': true, 'A network has many subnets Yes': true },
	{ 'A subnet has a range Yes': true, 'A subnet spans regions Yes': true,
		'A network has many subnets Yes': true }, { points: 3, partly: 2,
		told: ['Answer: A subnet has a range Yes A subnet spans regions No'],
		marks: { right: ['A subnet has a range ✓ Right',
			'A subnet spans regions ✓ Right', 'A network has many subnets ✓ Right'],
		wrong: ['A subnet has a range ✓ Right', 'A subnet spans regions ✗ Wrong',
			'A network has many subnets ✓ Right'] } }),
	kind.fields('Cloze', 'textbox', { 'Blank 1': 'gateway subnet',
		'Blank 2': 'vpngw1', 'Blank 3': 'bgp' },
	{ 'Blank 1': 'GatewaySubnet', 'Blank 2': 'vpngw2', 'Blank 3': 'BGP' }, {
		told: ['Answer: GatewaySubnet VpnGw1 (also right: VpnGw2)', 'The name is fixed.'],
		// The word stands behind the field, whose text is spoken as well.
		marks: { right: ['gateway subnet ✓ Right', 'vpngw1 ✓ Right', 'bgp ✓ Right'],
			wrong: ['GatewaySubnet ✓ Right', 'vpngw2 ✗ Wrong', 'BGP ✓ Right'] } }),
];
const LESSON = [
	kind.radio('A subnet spans two regions.', 'False', 'True',
		{ told: ['Answer: False'] }),
	kind.typed('How many addresses does a /30 have?', 'Your answer', '4', '2',
		{ told: ['Answer: 4.'] }),
];
const POOL = ['One', 'Two', 'Three', 'Four'].map(title =>
	kind.radio(title, 'right', 'wrong', { told: ['Answer: right'] }));
const EACH = [
	kind.boxes('Boxes', ['alpha', 'gamma'], ['alpha', 'beta'],
		{ points: 8, partly: 4, told: [] }),
	kind.boxes('Boxes or none', ['None of these'], ['delta'],
		{ points: 3, partly: 1, told: [] }),
	kind.fields('Blanks', 'textbox', { 'Blank 1': 'first', 'Blank 2': 'second' },
		{ 'Blank 1': 'first', 'Blank 2': 'third' },
		{ points: 6, partly: 3, told: [] }),
	kind.fields('Pairs', 'combobox', { Ada: 'Lovelace', Alan: 'Turing' },
		{ Ada: 'Lovelace', Alan: 'Lovelace' }, { points: 2, partly: 1, told: [] }),
	kind.fields('Twice the same', 'combobox',
		{ 'Breathe (A)': '1', 'Jump': '2', 'Breathe (B)': '3' },
		{ 'Breathe (A)': '2', 'Jump': '1', 'Breathe (B)': '3' },
		{ points: 3, partly: 1, told: [] }),
];
for (const q of [...KINDS, ...LESSON, ...POOL, ...EACH]) {
	q.points ??= 1;
	q.partly ??= 0;
	q.marks ??= { right: [], wrong: [] };
	q.feedback = { right: [], wrong: [], ...q.feedback };
}

const VERDICTS = ['CORRECT', 'NOT_CORRECT', 'NOT_ANSWERED'].map(w => words(w));
const ownSecrets = q => [...q.told, ...q.marks.right, ...q.marks.wrong,
	...q.feedback.right, ...q.feedback.wrong];
const secrets = questions => [...VERDICTS, ...['CORRECT_ANSWER', 'INCORRECT',
	'RIGHT', 'WRONG', 'ANSWER', 'READ_MORE', 'EVERY_CORRECT'].map(w => words(w)),
words('IF_YOU_WROTE', '').slice(0, 10), ...questions.flatMap(ownSecrets)];
const ALL_SECRETS = secrets([...KINDS, ...LESSON, ...POOL]);
// Without white space and with one minus: how words are apart is not spoken.
const squash = s => s.replace(/\s+/g, '').replace(/[−‐‑]/g, '-')
	.replaceAll('ﬁ', 'fi').replaceAll('ﬂ', 'fl');
const has = (text, s) => squash(text).includes(squash(s));
const leaks = (text) => {
	const squashed = squash(text);
	return ALL_SECRETS.filter(s => squashed.includes(squash(s)));
};

// ---- courses

const KINDS_DIR = path.join(ROOT, 'tests/e2e/kinds');
const SUBNETS = 'content/10-net/10-subnets.quiz.md';

// Copies the course with some files written anew, and builds its site.
function build(name, edits = {}) {
	const dir = path.join(WORK, name);
	const edit = (file, change) => {
		const to = path.join(dir, file);
		const old = fs.existsSync(to) ? fs.readFileSync(to, 'utf8') : '';
		const text = typeof change === 'string' ? change : change(old);
		if (text === old)
			throw new Error(`nothing to change in ${file}`);
		fs.writeFileSync(to, text);
	};
	fs.cpSync(KINDS_DIR, dir, { recursive: true });
	edit('site.yaml', s => s.replace(/^outputs:.*/m, 'outputs: {html: {}}')
		.replace(/^theme:.*/m, `theme: ${path.join(ROOT, 'themes/default')}`));
	for (const [file, change] of Object.entries(edits))
		edit(file, change);
	const run = spawnSync(path.join(BUILD, 'ergen'),
		['build', dir, '--out', `${dir}-out`], { encoding: 'utf8' });
	ok(run.status === 0, `the course '${name}' can be built`, run.stdout,
		run.stderr);
	return path.join(`${dir}-out`, 'site');
}

const EACH_MD = `---
title: Parts
quiz-id: each
pass: 50
---
# Parts

## Boxes
<!-- q: b; score=each; points=2 -->

Which?

- [x] alpha
- [ ] beta
- [x] gamma
- [ ] epsilon

## Boxes or none
<!-- q: n; type=many; none=ok; score=each -->

Which?

- [ ] delta
- [ ] zeta

## Blanks
<!-- q: c; type=cloze; score=each; points=3 -->

The **first** and the **second**.

## Pairs
<!-- q: p; type=match; score=each -->

Who?

| First | Last |
| ----- | ---- |
| Ada | Lovelace |
| Alan | Turing |

## Twice the same
<!-- q: o; type=order; score=each -->

In order.

1. Breathe (A)
2. Jump
3. Breathe (B)
`;

const TWO_MD = `# Two quizzes

## First
<!-- quiz: first -->

### What is one and one?
<!-- q: sum -->

Answer: 2

### Is it raining?
<!-- q: rain -->

- [x] Yes
- [ ] No

Between them.

## Second
<!-- quiz: second -->

### What is two and two?
<!-- q: sum -->

Answer: 4
`;

const MANY = 200;

// ---- driving a quiz

const escape = s => s.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

// By its title alone: where it stands is the generator's affair.
const titled = (q, end) => new RegExp(
	`^${words('QUESTION_OF', '\\d+', '\\d+').replace(/\.$/, '\\.')} ?` +
	`(?:(?:· )?\\d+ points?)? ?${escape(q.title)}${end}`);
const group = (on, q) => on.getByRole('group', { name: titled(q, '$') });

async function answer(on, q, fields) {
	const g = group(on, q);
	for (const [role, name, value] of fields) {
		if (role === 'boxes') {
			for (const box of await g.getByRole('checkbox').all()) {
				const label = SQUEEZE(await box.evaluate(e => e.labels[0].innerText));
				if (!label.startsWith(words('CHECK', '').trim()))
					await box.setChecked(name.some(n => label === n ||
						label.startsWith(n + ' ')));
			}
			continue;
		}
		const field = g.getByRole(role, { name });
		if (role === 'radio')
			await field.check();
		else if (role === 'textbox')
			await field.fill(value);
		else
			await field.selectOption(value);
	}
}

const ownCheck = (on, q) => group(on, q).getByRole('checkbox',
	{ name: new RegExp(`^${words('CHECK', '\\d+')}$`) });
const checkAll = on => on.getByRole('checkbox',
	{ name: words('CHECK_ALL'), exact: true });
const printAll = on => on.getByRole('checkbox',
	{ name: words('PRINT_ANSWERS'), exact: true });
const reset = on => on.getByRole('button',
	{ name: words('START_AGAIN'), exact: true });

async function verdict(on, q) {
	const found = [];
	for (const w of VERDICTS)
		if (await group(on, q).getByText(w, { exact: true }).isVisible())
			found.push(w);
	return found.join(' ');
}

const saidIn = (nodes, q) => spokenIn(nodes, 'group')
	.find(s => titled(q, '').test(s)) ?? '';
const said = async (page, q) => saidIn(await axTree(page), q);

// The line as it has to be: right, points and isAll only after a check.
function line(n, answered, pass, after) {
	const isByPoints = pass.points !== undefined;
	const parts = [words('ANSWERED_OF', answered, n)];
	if (after) {
		parts.push(words('CORRECT_OF', after.right, n));
		if (isByPoints)
			parts.push(words('POINTS_OF', after.points, pass.points));
	}
	parts.push(isByPoints ? words('PASS_MARK_POINTS', pass.need, pass.points) :
		words('PASS_MARK', pass.need, n));
	if (after?.all) {
		const have = isByPoints ? after.points : after.right;
		parts.push(words((have >= pass.need ? 'PASSED' : 'NOT_PASSED') +
			(isByPoints ? '_POINTS' : ''), pass.need));
		if (after.right === n)
			parts.push(words('EVERY_CORRECT'));
	}
	return parts.join(' ');
}

const KINDS_PASS = { need: 14, points: 22 };

// Fields by role and name, with what is in them.
const values = on => on.getByRole('form').first().evaluate(form =>
	[...form.querySelectorAll('input, select')].map(e =>
		e.type === 'radio' || e.type === 'checkbox' ? e.checked : e.value));

// ---- tests of the page with every kind

// What is told by text, by names and descriptions, or by properties.
const TELLING = ['valuetext', 'roledescription', 'errormessage', 'valuemin',
	'valuemax'];

function tellingsIn(nodes) {
	const shown = nodes.filter(n => !n.ignored);
	const found = leaks(spokenIn(nodes)[0]);
	for (const n of shown) {
		const name = `${n.role?.value} '${n.name?.value}'`;
		for (const text of [n.name?.value, n.description?.value])
			if (text && leaks(text).length)
				found.push(`${name}: ${text}`);
		for (const p of n.properties ?? [])
			if (TELLING.includes(p.name) && p.value.value !== '' ||
				p.name === 'invalid' && String(p.value.value) !== 'false')
				found.push(`${name}: ${p.name}=${p.value.value}`);
	}
	return [...new Set(found)];
}

const tellings = async page => tellingsIn(await axTree(page));

async function testBefore(page) {
	none(await tellings(page), 'nothing is told before a check');
	const text = SQUEEZE(await page.locator('form').evaluate(f => f.textContent));
	const missing = KINDS.flatMap(q => [...q.feedback.right, ...q.feedback.wrong])
		.filter(s => !has(text, s));
	none(missing, 'but the feedback is in the page');
	for (const q of KINDS)
		if (await group(page, q).count() !== 1)
			ok(false, `a group is named '${q.title}'`);
}

async function testTelling(page) {
	for (const how of ['wrong', 'right']) {
		const found = [];
		for (const q of KINDS) {
			await answer(page, q, q[how]);
			found.push(...(await tellings(page)).map(s => `${q.title}: ${s}`));
		}
		none(found, `a ${how} answer tells nothing before a check`);
	}
	await reset(page).click();
	const found = [];
	const field = group(page, KINDS[4]).getByRole('textbox');
	await field.focus();
	for (const key of 'GatX') {
		await page.keyboard.type(key);
		found.push(...await tellings(page));
	}
	none(found, 'nor does typing');
	for (const [q, role] of [[0, 'radio'], [9, 'combobox'], [12, 'radio']]) {
		await group(page, KINDS[q]).getByRole(role).first().focus();
		for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) {
			await page.keyboard.press(key);
			found.push(...await tellings(page));
		}
	}
	none(found, 'nor do the arrow keys');
	same((await values(page)).filter(v => v !== false && v !== '').length, 4,
		'and the keys did choose');
}

// A right and a wrong answer look the same before a check.
async function testLooks(page) {
	const look = async (q, how) => {
		await answer(page, q, q[how]);
		await page.mouse.move(0, 0);
		const looks = await group(page, q).evaluate((g, isTyped) => {
			const of = e => {
				const s = getComputedStyle(e);
				return ['color', 'backgroundColor', 'borderColor', 'boxShadow',
					'outline', 'textDecoration', 'fontWeight', 'backgroundImage',
					'opacity', 'content'].map(p => s[p]).join();
			};
			const chosen = [...g.querySelectorAll(isTyped ? '.t' :
				'select, :checked + label, td:has(:checked), td :checked')];
			return [...new Set(chosen.flatMap(e => [of(e)]))].sort();
		}, q[how][0][0] === 'textbox');
		return looks;
	};
	const found = [];
	for (const q of KINDS) {
		const [right, wrong] = [await look(q, 'right'), await look(q, 'wrong')];
		if (!right.length || JSON.stringify(right) !== JSON.stringify(wrong))
			found.push(q.title, right, wrong);
	}
	none(found, 'right and wrong answers look the same before a check');
}

async function testCheckOne(page) {
	for (const [i, q] of KINDS.entries()) {
		for (const how of ['right', 'wrong']) {
			const is = how === 'right' ? [1, q.points] : [0, q.partly];
			await answer(page, q, q[how]);
			await ownCheck(page, q).check();
			const nodes = await axTree(page);
			const text = saidIn(nodes, q);
			const wanted = [...q.told, ...q.marks[how], ...q.feedback[how]];
			const unwanted = ownSecrets(q).filter(s => !wanted.includes(s));
			same(await verdict(page, q), words(how === 'right' ? 'CORRECT' :
				'NOT_CORRECT'), `${q.title}: a ${how} answer is called so`);
			none(wanted.filter(s => !has(text, s)).concat(unwanted
				.filter(s => has(text, s)).map(s => `not: ${s}`)),
			`${q.title}: and told what belongs to it`) ||
				console.log(`#   ${text}`);
			same(spokenIn(nodes, 'status')[0], line(14, 1, KINDS_PASS,
				{ right: is[0], points: is[1] }), `${q.title}: and counted`);
			const others = KINDS.filter((_, k) => k !== i).flatMap(o =>
				[...o.told, ...o.feedback.right, ...o.feedback.wrong])
				.filter(s => !ownSecrets(q).some(t => t.includes(s)));
			const rest = spokenIn(nodes)[0].replace(text, '');
			none(others.filter(s => has(rest, s)),
				`${q.title}: nothing is told of other questions`);
			await ownCheck(page, q).uncheck();
			none(await tellings(page), `${q.title}: unchecking hides it again`);
		}
		await reset(page).click();
		await ownCheck(page, q).check();
		const text = await said(page, q);
		same([await verdict(page, q), q.told.filter(s => !has(text, s))],
			[words('NOT_ANSWERED'), []],
			`${q.title}: its own check without an answer gives up`);
		await reset(page).click();
	}
}

async function testNoAnswer(page) {
	await checkAll(page).check();
	const found = [];
	for (const q of KINDS)
		found.push(await verdict(page, q));
	same(found, KINDS.map(() => words('NOT_ANSWERED')),
		'checking all names what is not answered');
	none((await tellings(page)).filter(s => !s.includes(words('NOT_ANSWERED'))),
		'and tells nothing else');
	same(await spoken(page, 'status'), line(14, 0, KINDS_PASS,
		{ right: 0, points: 0, all: true }), 'and counts nothing');
	// Half an answer is none.
	const halves = [9, 10, 12, 13];
	for (const i of halves)
		await answer(page, KINDS[i], KINDS[i].right.slice(1));
	same(await Promise.all(halves.map(i => verdict(page, KINDS[i]))),
		halves.map(() => words('NOT_ANSWERED')), 'half an answer is not one');
	none((await tellings(page)).filter(s => !s.includes(words('NOT_ANSWERED'))),
		'and tells nothing');
	same(await spoken(page, 'status'), line(14, 0, KINDS_PASS,
		{ right: 0, points: 5, all: true }), 'but what is right of it counts where parts do');
}

const ACCEPT = [
	['A name', ['GatewaySubnet', 'gatewaysubnet', 'GATEWAYSUBNET',
		' gateway  subnet ', 'Gateway Subnet'],
	['Gateway_Subnet', 'GatewaySubnets', 'gateway', 'xGatewaySubnet', 'G']],
	['Signs', ['[0-9]|\\|', '[|0-9]', ' [|0-9] '],
		['5', '|', '[0-9]', '[0-9]|\\| x', '[ |0-9]']],
	['A number', ['251', '251,0', '251.00', '+251', '0251', ' 251 ', '251.'],
		['251.1', '2510', 'abc', '-251', '25', '251,01', '251x', '2 51', '..251']],
	['A number with a tolerance', ['-1.5', '−1,5', '-1.25', '−1.75', '-1,250',
		'−01.7500', '-1.749'],
	['1.5', '-1.24', '−1.2499', '-1.751', '-1.7501', '-2', '-1', '−', '+1.5']],
	['A range', ['20', '25', '20,0', '24.999', '+22', '25.000', '020'],
		['19.999', '25.001', '26', '2', '250', '22 %', '20..25', '-20']],
	['Cloze', ['VpnGw2', 'vpngw1', 'VPNGW1', 'Vpn Gw 1'],
		['vpngw2', 'VPNGW2', 'Vpn Gw2', 'VpnGw3']],
];

async function testAccept(page) {
	for (const [title, right, wrong] of ACCEPT) {
		const q = KINDS.find(k => k.title === title);
		const is_cloze = title === 'Cloze';
		await answer(page, q, q.right);
		await ownCheck(page, q).check();
		const field = group(page, q).getByRole('textbox').nth(is_cloze ? 1 : 0);
		const found = [];
		for (const [list, word] of [[right, 'CORRECT'], [wrong, 'NOT_CORRECT']])
			for (const text of list) {
				await field.fill(text);
				const v = await verdict(page, q);
				if (v !== words(word))
					found.push(`'${text}': ${v}`);
			}
		none(found, `${title}: what is right, and what is not`);
	}
}

async function testScore(page) {
	await checkAll(page).check();
	// A pattern of right and wrong that reaches the pass mark late.
	const isRight = i => ![1, 4, 9, 12].includes(i);
	let right = 0, points = 0;
	const found = [];
	for (const [i, q] of KINDS.entries()) {
		await answer(page, q, isRight(i) ? q.right : q.wrong);
		right += isRight(i);
		points += isRight(i) ? q.points : q.partly;
		const is = await spoken(page, 'status');
		const wanted = line(14, i + 1, KINDS_PASS, { right, points, all: true });
		if (is !== wanted)
			found.push(`${q.title}: ${is}\n  wanted: ${wanted}`);
	}
	none(found, 'the score after each answer');
	same([right, points], [10, 16], 'which was one with parts');
	const told = KINDS.flatMap((q, i) => {
		const how = isRight(i) ? 'right' : 'wrong';
		return [...q.told, ...q.marks[how], ...q.feedback[how]];
	});
	const text = await spoken(page);
	none(told.filter(s => !has(text, s)), 'all is told after checking all');
	for (const i of [1, 4, 9, 12])
		await answer(page, KINDS[i], KINDS[i].right);
	same(await spoken(page, 'status'), line(14, 14, KINDS_PASS,
		{ right: 14, points: 22, all: true }), 'every answer correct');
	// 14 points pass, 13 do not.
	for (const [list, sum] of [[[0, 8, 9, 10, 11, 12, 13], 14],
		[[8, 9, 10, 11, 12, 13], 13]]) {
		for (const [i, q] of KINDS.entries())
			await answer(page, q, list.includes(i) ? q.right : q.wrong);
		same(await spoken(page, 'status'), line(14, 14, KINDS_PASS,
			{ right: list.length, points: sum, all: true }), `${sum} of 22 points`);
	}
}

async function testLive(page) {
	const nodes = await axTree(page);
	const live = nodes.filter(n => !n.ignored && (n.properties ?? []).some(p =>
		p.name === 'live' && p.value.value !== 'off'));
	same(live.map(n => n.role.value), ['status'], 'one live region');
	none(nodes.filter(n => !n.ignored && ['alert', 'log', 'timer', 'marquee']
		.includes(n.role?.value)).map(n => n.role.value), 'and no other');
}

async function testReset(page) {
	const empty = await values(page);
	const text = await spoken(page);
	for (const q of KINDS) {
		await answer(page, q, q.right);
		await ownCheck(page, q).check();
	}
	await checkAll(page).check();
	await printAll(page).check();
	const full = await values(page);
	ok(full.filter((v, i) => v !== empty[i]).length === 25 + 14 + 2,
		'all was filled in', full.filter((v, i) => v !== empty[i]).length);
	await reset(page).click();
	same(await values(page), empty, 'starting again clears every field');
	same(await spoken(page), text, 'and the page reads as before');
}

// Anywhere in the quiz: which question, and what has the focus.
const focused = page => page.evaluate(() => {
	const e = document.activeElement;
	const legend = e.closest('fieldset')?.querySelector('legend')?.innerText;
	const kind = e.localName === 'input' ? e.type : e.localName;
	const box = e.getBoundingClientRect();
	return { body: e === document.body, in_quiz: !!e.closest('form'),
		stop: (legend ? /\d+/.exec(legend)[0] + ' ' : '') + kind,
		y: box.top + scrollY + Math.min(box.height / 2, 24), at: { x: box.x, y: box.y, width: box.width,
			height: box.height }, isShown: box.width > 0 && box.height > 0,
		sum: document.querySelector('[role=status]').getBoundingClientRect().toJSON(),
		isOutlined: getComputedStyle(e).outlineStyle !== 'none' ||
			getComputedStyle(e).boxShadow !== 'none' };
});

const TABS = ['1 radio', '1 summary', '1 summary', '1 checkbox',
	...Array(4).fill('2 checkbox'), '2 checkbox', '3 radio', '3 checkbox',
	...Array(3).fill('4 checkbox'), '4 checkbox',
	...[5, 6, 7, 8, 9].flatMap(i => [`${i} text`, `${i} checkbox`]),
	'10 select', '10 select', '10 pre', '10 select', '10 select', '10 checkbox',
	...Array(3).fill('11 select'), '11 checkbox', '12 select', '12 select',
	'12 checkbox', '13 div', ...Array(3).fill('13 radio'), '13 checkbox',
	...Array(3).fill('14 text'), '14 checkbox', 'checkbox', 'checkbox', 'button'];

async function testTabs(page) {
	for (const [width, height, isChecked] of [[1280, 800], [390, 560],
		[320, 480], [1280, 800, true], [320, 480, true]]) {
		const what = `${width} px${isChecked ? ', checked' : ''}`;
		await page.setViewportSize({ width, height });
		await page.goto(page.url());
		await reset(page).click();
		if (isChecked) {
			await mixed(page);
			await checkAll(page).check();
		}
		await page.getByRole('heading', { level: 1 }).click();
		const stops = [], covered = [], hidden = [];
		let y = 0;
		for (let i = 0; i < 200; i++) {
			await page.keyboard.press('Tab');
			const f = await focused(page);
			if (f.body || (stops.length && !f.in_quiz))
				break;
			if (!f.in_quiz)
				continue;
			stops.push(f.stop);
			// A superscript stands a little higher.
			if (f.y < y - 12)
				hidden.push(`${f.stop} is above the one before`);
			y = f.y;
			if (!f.isShown || f.at.y < 0 || f.at.y + f.at.height > height + 1)
				if (f.at.height < height / 3)
					hidden.push(`${f.stop} is out of sight`);
			if (!f.isOutlined)
				hidden.push(`${f.stop} has no outline`);
			const { sum } = f;
			if (f.at.y + f.at.height > sum.y + 1 && f.at.y < sum.y + sum.height &&
				f.at.height < height / 3 && f.stop.includes(' '))
				covered.push(`${f.stop}: ${f.at.y}+${f.at.height}, line ${sum.y}`);
		}
		same(stops.filter(stop => !/ (a|div|pre)$/.test(stop)),
			TABS.filter(stop => !/ (a|div|pre)$/.test(stop)),
			`Tab goes through all fields in order (${what})`);
		if (!isChecked)
			same(stops, TABS, `and what can be scrolled (${what})`);
		none(hidden, `and shows where it is (${what})`);
		none(covered, `and the summary covers none (${what})`);
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

async function testKeyboard(page) {
	const press = async (...keys) => {
		for (const k of keys)
			await page.keyboard.press(k);
	};
	const on = i => group(page, KINDS[i]);
	const url = page.url();
	for (const [i, name, text] of [[4, 'Your answer', 'GatewaySubnet'],
		[13, 'Blank 1', 'GatewaySubnet']]) {
		await on(i).getByRole('textbox', { name }).focus();
		await page.keyboard.type(text);
		await press('Enter');
	}
	await on(0).getByRole('radio').first().focus();
	await press('Space', 'Enter');
	await ownCheck(page, KINDS[4]).focus();
	await press('Enter');
	await page.waitForTimeout(100);
	none(await tellings(page), 'Enter in a field tells nothing');
	same([page.url(), (await values(page)).filter(v => v === 'GatewaySubnet')
		.length], [url, 2], 'and sends and loses nothing');
	await press('Space');
	same(await verdict(page, KINDS[4]), words('CORRECT'),
		'Space checks a question');
	await press('Space');
	// In the order in which they are shown: 2, 3, 1, 4.
	for (const [k, n] of [2, 3, 1, 4].entries()) {
		await on(9).getByRole('combobox').nth(k).focus();
		await press(...Array(n).fill('ArrowDown'));
	}
	await ownCheck(page, KINDS[9]).focus();
	await press('Space');
	same(await verdict(page, KINDS[9]), words('CORRECT'),
		'arrow keys choose the places of an order');
	for (const [name, key] of [['A subnet has a range No', 'ArrowLeft'],
		['A subnet spans regions Yes', 'ArrowRight'],
		['A network has many subnets No', 'ArrowUp']]) {
		await on(12).getByRole('radio', { name }).focus();
		await press('Space', key);
	}
	await ownCheck(page, KINDS[12]).focus();
	await press('Space');
	same(await verdict(page, KINDS[12]), words('CORRECT'),
		'and the columns of a matrix');
	await reset(page).focus();
	await press('Enter');
	same((await values(page)).filter(Boolean).length, 0,
		'Enter on the button starts again');
}

async function testReadMore(page) {
	const url = page.url();
	await ownCheck(page, KINDS[0]).check();
	await group(page, KINDS[0]).getByRole('link', { name: 'Subnets' }).click();
	ok(page.url().endsWith('/net/subnets.html#sizes'),
		'the link to read more leads to the place', page.url());
	ok(await page.getByRole('heading', { name: 'Sizes' }).isVisible(),
		'which is there');
	await page.goto(url);
	await ownCheck(page, KINDS[0]).check();
	const note = group(page, KINDS[0]).getByRole('link', { name: '1', exact: true });
	await note.click();
	ok(await page.getByText('RFC 1918').isVisible(), 'the note can be seen');
}

// ---- other pages

async function testExam(page) {
	same(await page.getByRole('checkbox', { name: new RegExp(
		`^${words('CHECK', '\\d+')}$`) }).count(), 0,
	'in an exam no question can be checked by itself');
	for (const q of KINDS)
		await answer(page, q, q.wrong);
	none(await tellings(page), 'and wrong answers tell nothing');
	for (const q of KINDS)
		await answer(page, q, q.right);
	none(await tellings(page), 'nor do right ones');
	same(await spoken(page, 'status'), line(14, 14, KINDS_PASS),
		'they are only counted');
	await answer(page, KINDS[10], KINDS[10].wrong);
	await checkAll(page).check();
	same(await spoken(page, 'status'), line(14, 14, KINDS_PASS,
		{ right: 13, points: 21, all: true }), 'until all is checked');
	const text = await said(page, KINDS[10]);
	none([...KINDS[10].told, ...KINDS[10].marks.wrong]
		.filter(s => !has(text, s)), 'then the answers are told');
}

async function testPractice(page) {
	for (const q of KINDS)
		if (await ownCheck(page, q).count() !== 1)
			ok(false, `${q.title} has a check of its own`);
	same(await page.getByRole('checkbox', { name: new RegExp(
		`^${words('CHECK', '\\d+')}$`) }).count(), 14,
	'in practice each question has a check of its own');
	same([await checkAll(page).count(), await reset(page).count()], [1, 1],
		'and all have one');
}

async function asked(page, among) {
	const found = [];
	for (const q of among)
		if (await group(page, q).count())
			found.push(q);
	return found;
}

async function testMock(page) {
	const found = await asked(page, [...KINDS, ...LESSON, ...POOL]);
	same([found.length, await page.getByRole('group', { name: /^Question/ })
		.count()], [5, 5], 'the mock exam asks five questions of other quizzes');
	none(await tellings(page), 'and tells nothing');
	const points = found.reduce((s, q) => s + q.points, 0);
	const need = Math.ceil(points * 0.7);
	const n = found.length;
	for (const q of found)
		await answer(page, q, q.right);
	none(await tellings(page), 'also not when answered');
	await checkAll(page).check();
	const isByPoints = found.some(q => q.points > 1);
	const pass = isByPoints ? { need, points } : { need: 4 };
	same(await spoken(page, 'status'), line(n, n, pass, { right: n, points,
		all: true }), 'all answers can be right');
	await answer(page, found[2], found[2].wrong);
	same(await spoken(page, 'status'), line(n, n, pass, { right: n - 1,
		points: points - found[2].points + found[2].partly, all: true }),
	'and one wrong');
	const text = await spoken(page);
	none(found.flatMap(q => q.told).filter(s => !has(text, s)),
		'the answers are told');
	const dead = await page.getByRole('main').getByRole('link').evaluateAll(
		list => list.map(a => a.href).filter(h => h.startsWith('file:')));
	none([...new Set(dead)].filter(h => !fs.existsSync(new URL(h.split('#')[0]))),
		'and its links lead somewhere');
}

async function testPool(page) {
	const found = await asked(page, POOL);
	same(found.length, 2, 'two of four questions are drawn');
	ok(await page.getByText(words('DRAWN', 2, 4), { exact: true }).isVisible(),
		'which is said');
	for (const id of ['p1', 'p2', 'p3', 'p4'])
		if (await page.locator(`[id="q-pool--${id}"]`).count() !== 1)
			ok(false, `the page has a place for question ${id}`);
	await answer(page, found[0], found[0].right);
	await answer(page, found[1], found[1].wrong);
	await checkAll(page).check();
	same(await spoken(page, 'status'), line(2, 2, { need: 2 },
		{ right: 1, all: true }), 'they are counted');
	await page.goto(`${page.url().split('#')[0]}#q-pool--p2`);
	ok((await spoken(page)).includes('A pool of questions'),
		'a question that was not drawn has an address');
}

async function testLesson(page) {
	none(await tellings(page), 'the quiz in a lesson tells nothing');
	await answer(page, LESSON[0], LESSON[0].right);
	await answer(page, LESSON[1], LESSON[1].wrong);
	await ownCheck(page, LESSON[0]).check();
	same([await verdict(page, LESSON[0]), await verdict(page, LESSON[1]),
		await spoken(page, 'status')], [words('CORRECT'), '',
		line(2, 2, { need: 2 }, { right: 1 })], 'and checks one question');
	await checkAll(page).check();
	same([await verdict(page, LESSON[1]), await spoken(page, 'status')],
		[words('NOT_CORRECT'), line(2, 2, { need: 2 }, { right: 1, all: true })],
		'and all of them');
	await answer(page, LESSON[1], LESSON[1].right);
	// The only text field of a form: Enter would send it.
	const before = [page.url(), await values(page)];
	await group(page, LESSON[1]).getByRole('textbox').press('Enter');
	await page.waitForTimeout(100);
	same([page.url(), await values(page)], before, 'Enter sends nothing');
	same(await spoken(page, 'status'), line(2, 2, { need: 2 },
		{ right: 2, all: true }), 'and says that all is right');
}

async function testTwo(page) {
	const forms = [page.getByRole('form', { name: 'First' }),
		page.getByRole('form', { name: 'Second' })];
	const statuses = async () => spokenIn(await axTree(page), 'status');
	await forms[0].getByRole('textbox').fill('2');
	await forms[1].getByRole('textbox').fill('5');
	same(await statuses(), [line(2, 1, { need: 2 }), line(1, 1, { need: 1 })],
		'two quizzes on a page count their own answers');
	await checkAll(forms[0]).check();
	const wrong = forms[1].getByText(words('NOT_CORRECT'), { exact: true });
	same([await statuses(), await wrong.isVisible()], [
		[line(2, 1, { need: 2 }, { right: 1, all: true }),
			line(1, 1, { need: 1 })], false], 'one is checked, the other is not');
	await checkAll(forms[1]).check();
	await forms[0].getByRole('radio', { name: 'Yes' }).check();
	same(await statuses(), [line(2, 2, { need: 2 }, { right: 2, all: true }),
		line(1, 1, { need: 1 }, { right: 0, all: true })],
	'each has a score of its own');
	await reset(forms[0]).click();
	same(await statuses(), [line(2, 0, { need: 2 }),
		line(1, 1, { need: 1 }, { right: 0, all: true })],
	'and is started again by itself');
}

async function testEach(page) {
	const pass = { need: 11, points: 22 };
	let points = 0;
	await checkAll(page).check();
	for (const [i, q] of EACH.entries()) {
		await answer(page, q, q.wrong);
		points += q.partly;
		same(await spoken(page, 'status'), line(5, i + 1, pass,
			{ right: 0, points, all: true }), `${q.title}: ${q.partly} of ` +
			`${q.points} points for its parts`);
	}
	for (const [i, q] of EACH.entries()) {
		await answer(page, q, q.right);
		points += q.points - q.partly;
		same(await spoken(page, 'status'), line(5, 5, pass,
			{ right: i + 1, points, all: true }), `${q.title}: all of them`);
	}
}

async function testMany(page) {
	const isRight = i => i % 3 !== 1;
	await answerMany(page, Array.from({ length: MANY }, (_, i) => isRight(i)));
	const right = Array.from({ length: MANY }, (_, i) => isRight(i))
		.filter(Boolean).length;
	same(await spoken(page, 'status'), line(MANY, MANY, { need: 140 }),
		'two hundred answers are counted');
	await checkAll(page).check();
	same(await spoken(page, 'status'), line(MANY, MANY, { need: 140 },
		{ right, all: true }), `${right} of them are right`);
	await reset(page).click();
	same(await spoken(page, 'status'), line(MANY, 0, { need: 140 }),
		'and all are cleared');
}

// ---- looks

const SCHEMES = { light: {}, dark: { colorScheme: 'dark' },
	'forced colours': { forcedColors: 'active' },
	'reduced motion': { reducedMotion: 'reduce' },
	'more contrast': { contrast: 'more' } };

async function mixed(page) {
	for (const [i, q] of KINDS.entries())
		await answer(page, q, i % 2 ? q.right : q.wrong);
}

async function smallTargets(page) {
	return page.evaluate(() => [...document.querySelectorAll(
		'form input, form select, form button, form summary')].filter(e => {
		const boxes = [e, ...(e.labels ?? [])].map(x => x.getBoundingClientRect())
			.filter(b => b.width);
		return boxes.length && !boxes.some(b => b.width >= 24 && b.height >= 24);
	}).map(e => e.outerHTML.slice(0, 120)));
}

async function testLook(page, what) {
	for (const width of [320, 390]) {
		none(await stickingOut(page, width),
			`${what}: nothing to scroll at ${width} px`);
		none(await smallTargets(page), `${what}: room for a finger at ${width} px`);
	}
	await mixed(page);
	await checkAll(page).check();
	const right = KINDS.filter((_, i) => i % 2);
	const points = KINDS.reduce((s, q, i) => s + (i % 2 ? q.points : q.partly), 0);
	// English words from right to left: the full stop goes elsewhere.
	const letters = text => text.replace(/\W+/g, ' ').trim();
	same(letters(await spoken(page, 'status')), letters(line(14, 14, KINDS_PASS,
		{ right: right.length, points, all: true })), `${what}: the score`);
	await page.evaluate(() => document.querySelectorAll('form details')
		.forEach(d => { d.open = true; }));
	for (const width of [320, 390, 1280])
		none(await stickingOut(page, width),
			`${what}: nothing to scroll after the check at ${width} px`);
}

async function testArabic(page) {
	for (const width of [320, 390, 1280])
		none(await stickingOut(page, width),
			`Arabic: nothing to scroll at ${width} px`);
	const said = await spoken(page, 'status');
	ok(/14/.test(said) && /22/.test(said) && !/[a-z]/i.test(said),
		'Arabic: the summary is in Arabic', said);
	await page.setViewportSize({ width: 1280, height: 800 });
}

async function testLooksOf(browser, site, name) {
	for (const [what, options] of Object.entries(name ? { [name]: {} } : SCHEMES)) {
		const context = await browser.newContext(
			{ javaScriptEnabled: false, ...options });
		const page = await watched(context);
		await page.goto(address(site, 'subnets-quiz.html'));
		await testLook(page, what);
		if (what === 'forced colours')
			same(await page.getByRole('radio', { checked: true }).evaluateAll(list =>
				list.filter(e => getComputedStyle(e.labels[0]).outlineStyle !== 'solid')
					.length), 0, `${what}: what is chosen is outlined`);
		if (what === 'reduced motion')
			none(await page.evaluate(() => [...document.querySelectorAll('*')]
				.filter(e => /[1-9]/.test(getComputedStyle(e).transitionDuration) ||
					/[1-9]/.test(getComputedStyle(e).animationDuration))
				.map(e => e.outerHTML.slice(0, 80))), `${what}: nothing moves`);
		if (name)
			same(await page.evaluate(() => document.documentElement.dir), 'rtl',
				`${what}: the page is one`);
		await context.close();
	}
}

// ---- paper

// What is on paper: of the PDF where there is pdftotext, else nothing.
async function paper(page, name) {
	const file = path.join(WORK, `${name}.pdf`);
	fs.writeFileSync(file, await page.pdf({ format: 'A4' }));
	const run = spawnSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
	if (run.status !== 0)
		throw new Error(run.stderr);
	return squash(run.stdout);
}

async function testPaper(page) {
	const isThere = !!program('pdftotext');
	// Alternatives, numbers and rows are apart on paper: look for words.
	const keys = ['Answer:Five', 'Answer:False', 'Noneofthese.',
		'GatewaySubnet(alsoright:gatewaysubnet)', '[0-9]|\\|(alsoright:[|0-9])',
		'Answer:251.', '1.5±0.25h', 'Answer:20to25', 'Firstthingsfirst.',
		'ClassA10.0.0.0/8', 'ClassC192.168.0.0/16', 'AsubnetspansregionsNo',
		'VpnGw1(alsoright:VpnGw2)', 'Thenameisfixed.', 'Firstthingsfirst.'];
	const choices = [words('CHOICES'), '172.16.0.0/12',
		'169.254.0.0/16', '192.168.0.0/16', '10.0.0.0/8'].map(squash);
	const hidden = ALL_SECRETS.map(squash).filter(s => s.length > 8);
	const check = (text, what) => {
		none(hidden.filter(s => has(text, s)),
			`${what} without answers: none is told`);
		const at = text.indexOf(choices[0]);
		none(at < 0 ? [choices[0]] : choices.filter(c =>
			!text.slice(at, at + 200).includes(c)),
		`${what}: what to choose from is listed`);
	};
	const checkKeys = (text, what) => none(keys.filter(k => !text.includes(k)),
		`${what} with answers: all of them`) || console.log(`#   ${text}`);
	ok(!(await spoken(page)).includes(words('CHOICES')),
		'on the screen the choices are not listed');
	await page.emulateMedia({ media: 'print' });
	check(squash(await spoken(page)), 'print');
	ok(!(await spoken(page)).includes(words('CHECK_ALL')),
		'print: no controls');
	await page.emulateMedia({ media: null });
	if (isThere)
		check(await paper(page, 'without'), 'paper');
	await printAll(page).check();
	none(await tellings(page), 'asking for print with answers tells nothing yet');
	await page.emulateMedia({ media: 'print' });
	checkKeys(squash(await spoken(page)), 'print');
	await page.emulateMedia({ media: null });
	if (isThere)
		checkKeys(await paper(page, 'with'), 'paper');
	else
		skip('the text of a PDF', 'there is no pdftotext');
}

// ---- axe

async function testAxe(browser, axe, site) {
	for (const colorScheme of ['light', 'dark']) {
		const context = await browser.newContext({ colorScheme });
		const page = await watched(context);
		for (const name of ['exam-quiz', 'pool-quiz', 'subnets']) {
			await page.goto(address(site, `${name}.html`));
			await axeRun(page, axe, `${name}, ${colorScheme}`);
		}
		await page.goto(address(site, 'subnets-quiz.html'));
		await axeRun(page, axe, `every kind, ${colorScheme}`);
		await mixed(page);
		await axeRun(page, axe, `every kind answered, ${colorScheme}`);
		await checkAll(page).check();
		await page.evaluate(() => document.querySelectorAll('form details')
			.forEach(d => { d.open = true; }));
		await axeRun(page, axe, `every kind checked and opened, ${colorScheme}`);
		await page.setViewportSize({ width: 320, height: 640 });
		await axeRun(page, axe, `every kind on a phone, ${colorScheme}`);
		await context.close();
	}
}

// ---- browsers that know less

async function plainPage(browser, edit) {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	page.setDefaultTimeout(10000);
	await page.route(/\.css$/, async (route) => {
		const css = edit && fs.readFileSync(new URL(route.request().url()), 'utf8');
		if (!edit)
			await route.abort();
		else
			await route.fulfill({ contentType: 'text/css', body: edit(css) });
	});
	return page;
}

async function testPlain(browser, site, what, edit) {
	const page = await plainPage(browser, edit);
	await page.goto(address(site, 'subnets-quiz.html'));
	none((await tellings(page)), `${what}: nothing leaks`);
	const text = await spoken(page);
	none(['CHECK_ALL', 'PRINT_ANSWERS', 'START_AGAIN', 'CHOICES'].map(w => words(w))
		.concat([words('CHECK', 1), words('ANSWERED_OF', 0, 14)])
		.filter(s => has(text, s)), `${what}: no control that would do nothing`);
	for (const q of KINDS)
		await answer(page, q, q.right);
	none((await tellings(page)), `${what}: answers tell nothing`);
	const missing = [];
	for (const [i, q] of KINDS.entries()) {
		const summary = page.getByText(words('ANSWER_TO', i + 1), { exact: true });
		const before = await said(page, q);
		await summary.click();
		const after = await said(page, q);
		missing.push(...q.told.filter(s => !has(after, s) || has(before, s))
			.map(s => `${q.title}: ${s}`));
	}
	none(missing, `${what}: each answer opens on request`);
	await page.context().close();
}

// With :has(), but the answer does not open by itself.
async function testNoContent(browser, site) {
	const what = 'without ::details-content';
	const page = await plainPage(browser,
		css => css.replaceAll('selector(::details-content)', 'selector(::nope)'));
	await page.goto(address(site, 'subnets-quiz.html'));
	none(await tellings(page), `${what}: nothing leaks`);
	await mixed(page);
	await checkAll(page).check();
	const points = KINDS.reduce((s, q, i) => s + (i % 2 ? q.points : q.partly), 0);
	same(await spoken(page, 'status'), line(14, 14, KINDS_PASS,
		{ right: 7, points, all: true }), `${what}: the score is right`);
	const text = await spoken(page);
	none(KINDS.flatMap(q => q.told).filter(s => has(text, s)),
		`${what}: the answers are closed`);
	await page.getByText(words('ANSWER_TO', 1), { exact: true }).click();
	none(KINDS[0].told.filter(async s => !(await said(page, KINDS[0])).includes(s))
		.slice(KINDS[0].told.length), `${what}: and open on request`);
	ok((await said(page, KINDS[0])).includes(KINDS[0].told[0]),
		`${what}: and can be read`);
	ok(!await printAll(page).isVisible(), `${what}: no print with answers`);
	await page.context().close();
}

// ---- another engine

// Nothing but a picture shows what a counter says there: the line is compared
// with a copy that has it as text.
async function firefoxLine(firefox, answered, after) {
	const is_passed = after?.points >= KINDS_PASS.need;
	const counters = { 'n-a': answered, 'n-r': after?.right, 'n-p': after?.points,
		pp14: after?.all ? words(is_passed ? 'PASSED_POINTS' : 'NOT_PASSED_POINTS',
			KINDS_PASS.need) : '' };
	const status = k => firefox.run(i =>
		[document.querySelectorAll('[role=status]')[i]], k);
	// What it hangs over shines through at its corners.
	await firefox.run(() => {
		document.querySelector('[role=status]').style.position = 'static';
	});
	const [original] = await status(0);
	const is = await firefox.shot(original);
	const text = await firefox.run((list) => {
		const old = document.querySelector('[role=status]');
		const copy = old.cloneNode(true);
		for (const b of copy.querySelectorAll('b')) {
			b.textContent = list[b.className];
			b.className = '';
		}
		old.after(copy);
		old.style.display = 'none';
		return copy.innerText;
	}, counters);
	const [copy] = await status(1);
	const as = await firefox.shot(copy);
	await firefox.run(() => {
		document.querySelectorAll('[role=status]')[1].remove();
		document.querySelector('[role=status]').style = '';
	});
	return { isSame: is === as && SQUEEZE(text) === line(14, answered, KINDS_PASS,
		after), text };
}

async function testFirefox(site) {
	const binary = program('firefox', 'firefox-esr');
	if (!binary)
		return skip('the score in Firefox', 'there is no firefox');
	return withFirefox(binary, async (firefox) => {
		await firefox.send('SetWindowRect', { width: 1200, height: 900 });
		await firefox.send('Navigate', { url: address(site, 'subnets-quiz.html') });
		// Found by its words, changed as by a hand.
		const change = fields => firefox.run((title, list) => {
			const legend = [...document.querySelectorAll('legend .qt')].find(e =>
				e.textContent === title);
			const labels = [...legend.closest('fieldset').querySelectorAll(
				'label, [aria-label], [aria-labelledby]')];
			const nameOf = e => (e.getAttribute('aria-labelledby')?.split(' ').map(id =>
				document.getElementById(id).textContent).join(' ') ??
				e.getAttribute('aria-label') ?? e.textContent).trim();
			const find = (name) => {
				const e = labels.find(l => nameOf(l) === name ||
					nameOf(l).startsWith(`${name} `));
				return e.control ?? e;
			};
			for (const [role, name, value] of list) {
				if (role === 'radio')
					find(name).click();
				else if (role === 'boxes')
					legend.closest('fieldset').querySelectorAll('.o>input').forEach((e) => {
						if (e.checked !== name.some(n => find(n) === e))
							e.click();
					});
				else
					find(name).value = value;
			}
		}, ...fields);
		const click = label => firefox.run((text) => {
			[...document.querySelectorAll('label, button')].find(e =>
				e.textContent === text).click();
		}, label);
		const verdicts = () => firefox.run(() =>
			[...document.querySelectorAll('.res')].map(e => [...e.children].filter(p =>
				p.getClientRects().length).map(p => p.textContent).join(' ')));
		const isLine = async (what, ...args) => {
			const { isSame, text } = await firefoxLine(firefox, ...args);
			ok(isSame, `Firefox: ${what}`, text);
		};
		await isLine('the line before', 0);
		ok(!(await firefoxLine(firefox, 1)).isSame,
			'Firefox: another line looks different');
		let right = 0, points = 0;
		for (const [i, q] of KINDS.entries()) {
			await change([q.title, i % 3 ? q.right : q.wrong]);
			right += i % 3 > 0;
			points += i % 3 ? q.points : q.partly;
		}
		same((await verdicts()).filter(Boolean), [], 'Firefox: nothing is told');
		await isLine('all are answered', 14);
		await click(words('CHECK_ALL'));
		same(await verdicts(), KINDS.map((_, i) =>
			words(i % 3 ? 'CORRECT' : 'NOT_CORRECT')), 'Firefox: the verdicts');
		await isLine('the score', 14, { right, points, all: true });
		for (const q of KINDS)
			await change([q.title, q.right]);
		await isLine('all is right', 14, { right: 14, points: 22, all: true });
		const text = squash(await firefox.run(() => document.body.innerText));
		none(KINDS.flatMap(q => q.told).filter(s => !text.includes(squash(s))),
			'Firefox: the answers are open');
		await click(words('START_AGAIN'));
		await isLine('starting again', 0);
	});
}

// Classes of coloured code, what stands below a label, formulas as names.
const CODE_MD = [
	'---', 'title: Code', 'quiz-id: code', '---', '# Code', '',
	'## Sequence', '<!-- q: order; type=order; score=each -->', '',
	'```c', 'int a = b + c - d; if (x == y) return x * y;', '```', '',
	'1. Run this:', '', '   ```sh', '   first --now | then', '   ```',
	'2. Second', '3. Third', '',
	'## Which root?', '<!-- q: root -->', '',
	'- [ ] $x^2$', '- [x] $3x$', '',
	'## Which command?', '<!-- q: command -->', '',
	'- [x] This:', '', '  - a bullet', '  - another', '',
	'- [ ] That', '',
].join('\n');

async function testCode(page) {
	const q = page.getByRole('group', { name: /Sequence/ });
	const places = { 'Run this:': 2, Second: 3, Third: 1 };
	for (const [name, place] of Object.entries(places))
		await q.getByRole('combobox', { name }).selectOption(String(place));
	await checkAll(page).check();
	ok((await spoken(page, 'status')).includes(words('POINTS_OF', 0, 5)),
		'code in a question counts nothing', await spoken(page, 'status'));
	for (const name of ['x^2', '3x'])
		same(await page.getByRole('group', { name: /Which root/ })
			.getByRole('radio', { name, exact: true }).count(), 1,
		`a formula names its option: ${name}`);
	await reset(page).click();
	await page.emulateMedia({ media: 'print' });
	same(await q.getByText('first --now').first().isVisible() &&
		await page.getByText('a bullet').first().isVisible(), true,
	'what belongs to an option is on paper');
	await page.emulateMedia({ media: null });
	const marker = await page.getByRole('listitem')
		.filter({ hasText: 'a bullet' }).first();
	same(await marker.count(), 1, 'and its bullets are bullets');
}

// ---- the whole

const address = (site, name) =>
	pathToFileURL(path.join(site, 'net', name)).href;

const { chromium, options, axe } = load();
const site = build('kinds');
const exam = build('exam', { [SUBNETS]: s => s.replace('pass: 60',
	'pass: 60\nmode: exam') });
// Right to left, and with the English words by which fields are found.
const rtl = build('rtl', { 'site.yaml': s => s.replace('lang: en',
	'lang: dv') });
const arabic = build('arabic', { 'site.yaml': s => s.replace('lang: en',
	'lang: ar') });
const more = build('more', { 'content/10-net/70-code.quiz.md': CODE_MD, 'content/10-net/40-each.quiz.md': EACH_MD,
	'content/10-net/50-two.md': TWO_MD, 'content/10-net/60-many.quiz.md': manyQuestions(MANY) });

const browser = await chromium.launch(options);
const context = await browser.newContext({ javaScriptEnabled: false });
const page = await watched(context);
const tests = [
	[site, 'subnets-quiz', testBefore, testTelling, testLooks, testCheckOne,
		testNoAnswer, testAccept, testScore, testLive, testReset, testTabs,
		testKeyboard, testReadMore, testPractice, testPaper],
	[site, 'exam-quiz', testMock, testLive],
	[site, 'pool-quiz', testPool],
	[site, 'subnets', testLesson, testLive],
	[exam, 'subnets-quiz', testExam],
	[more, 'two', testTwo],
	[more, 'each-quiz', testEach],
	[more, 'code-quiz', testCode],
	[more, 'many-quiz', testMany],
	[arabic, 'subnets-quiz', testArabic],
];
for (const [where, name, ...list] of tests)
	for (const test of list)
		await attempt(test.name, async () => {
			const start = Date.now();
			await page.emulateMedia({ media: null });
			await page.goto(address(where, `${name}.html`));
			if (test !== testArabic)
				await reset(page).first().click();
			await test(page);
			if (process.env.TIMES)
				console.log(`# ${test.name} ${Date.now() - start} ms`);
		});
await context.close();
await attempt('testLooksOf', () => testLooksOf(browser, site));
await attempt('right to left', () => testLooksOf(browser, rtl,
	'right to left'));
await attempt('testAxe', () => testAxe(browser, axe, site));
noComplaints();
await attempt('without style sheets', () => testPlain(browser, site,
	'without style sheets'));
await attempt('without :has()', () => testPlain(browser, site, 'without :has()',
	css => css.replaceAll('selector(:has(*))', 'selector(:nope(*))')));
await attempt('testNoContent', () => testNoContent(browser, site));
await browser.close();
await attempt('testFirefox', () => testFirefox(site));
plan();
