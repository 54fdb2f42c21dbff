#!/usr/bin/env node
// The website in a browser, from disk, with JavaScript switched off: reads it
// as its readers do, by roles and names. What is right is taken from the
// quiz's source, not from the page. axe-core needs JavaScript and gets it.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, SQUEEZE, attempt, axeRun, buildCourse, load, noComplaints, none,
	ok, plan, readWords, same, serve, spoken, stickingOut, watched,
} from './browser.mjs';

const SITE = path.join(ROOT, 'out', 'site');
const QUIZ = 'hybrid/expressroute-quiz.html';
const PAGES = ['index.html', 'hybrid/index.html', 'hybrid/expressroute.html',
	QUIZ];

// ---- the sources

// Inline Markdown as the text that it shows.
function plain(text) {
	return text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/\*\*([^*]+)\*\*/g, '$1').replace(/\*([^*]+)\*/g, '$1')
		.replace(/`([^`]+)`/g, '$1').replace(/\s+/g, ' ').trim();
}

function readQuiz(file) {
	const parts = fs.readFileSync(path.join(ROOT, file), 'utf8').split(/^## /m);
	const pass = Number(/^pass: *(\d+)/m.exec(parts[0])?.[1] ?? 70);
	return { pass, questions: parts.slice(1).map(readQuestion) };
}

function readQuestion(text) {
	const lines = text.split('\n');
	const q = { title: plain(lines[0]), options: [], hints: [], rest: [] };
	let option = null;
	for (const line of lines.slice(1)) {
		const box = /^- \[([ xX])\] (.*)/.exec(line);
		if (box) {
			option = { text: box[2], right: box[1] !== ' ', feedback: '' };
			q.options.push(option);
		} else if (option && /^\s+>/.test(line)) {
			option.feedback += ' ' + line.replace(/^\s+>/, '');
		} else if (option && /^\s+\S/.test(line)) {
			option.text += ' ' + line;
		} else if (option && line) {
			q.rest.push(line);
		} else if (/^> [^[]/.test(line)) {
			q.hints.push(plain(line.slice(2)));
		}
	}
	for (const o of q.options) {
		o.text = plain(o.text);
		o.feedback = plain(o.feedback);
	}
	q.explanation = plain(q.rest.join(' '));
	q.isMany = q.options.filter(o => o.right).length > 1;
	q.wrong = q.options.filter(o => !o.right).slice(0, 1);
	q.right = q.options.filter(o => o.right);
	return q;
}

// ---- driving the quiz

const group = (page, i, n) => page.getByRole('group',
	{ name: new RegExp(`^${words('QUESTION_OF', i + 1, n).replace(/\./g, '\\.')}`) });

const field = (page, i, q, option) => group(page, i, quiz.questions.length)
	.getByRole(q.isMany ? 'checkbox' : 'radio', { name: option.text });

async function answer(page, i, q, options) {
	if (q.isMany)
		for (const o of q.options)
			await field(page, i, q, o).setChecked(options.includes(o));
	else
		await field(page, i, q, options[0]).check();
}

const answerAll = async (page, choose) => {
	for (const [i, q] of quiz.questions.entries())
		await answer(page, i, q, choose(i, q));
};

const checkBox = (page, i) =>
	page.getByRole('checkbox', { name: words('CHECK', i + 1), exact: true });
const checkAll = page =>
	page.getByRole('checkbox', { name: words('CHECK_ALL'), exact: true });
const reset = page =>
	page.getByRole('button', { name: words('START_AGAIN'), exact: true });

async function checkedCount(page) {
	let n = 0;
	for (const role of ['radio', 'checkbox'])
		for (const input of await page.getByRole(role).all())
			n += await input.isChecked() ? 1 : 0;
	return n;
}

// What must not be read before it is asked for.
const secrets = () => [
	words('CORRECT_ANSWER'), words('INCORRECT'), words('CORRECT'),
	words('NOT_CORRECT'), words('NOT_ANSWERED'), words('ANSWER'),
	words('EVERY_CORRECT'),
	...quiz.questions.flatMap(q => [...q.options.map(o => o.feedback),
		...q.hints, q.explanation]),
].filter(Boolean);

const leaks = text => secrets().filter(s => text.includes(s));

// ---- tests

async function testBefore(page) {
	const text = await spoken(page);
	ok(secrets().length > 40, 'the source has secrets to look for');
	none(leaks(text), 'nothing is told before a check');
	for (const [i, q] of quiz.questions.entries()) {
		const g = group(page, i, quiz.questions.length);
		same(await g.count(), 1, `question ${i + 1} is a group with a name`);
		const roles = await g.getByRole(q.isMany ? 'checkbox' : 'radio').count();
		same(roles, q.options.length + (q.isMany ? 1 : 0),
			`question ${i + 1} has its options`);
		for (const o of q.options)
			if (await field(page, i, q, o).count() !== 1)
				ok(false, `an option named '${o.text}'`);
	}
	const html = await page.content();
	const missing = quiz.questions.flatMap(q => [...q.options.map(o => o.feedback),
		...q.hints]).filter(s => !SQUEEZE(html.replace(/<[^>]*>/g, '')
			.replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/&gt;/g, '>')
			.replace(/&lt;/g, '<')).includes(s));
	none(missing, 'but it is there');
}

async function testSelecting(page) {
	await answer(page, 0, quiz.questions[0], quiz.questions[0].wrong);
	none(leaks(await spoken(page)), 'choosing an option tells nothing');
	ok((await spoken(page, 'status')).includes(
		words('ANSWERED_OF', 1, quiz.questions.length)),
	'the summary counts the answer', await spoken(page, 'status'));
	await page.keyboard.press('ArrowDown');
	none(leaks(await spoken(page)), 'nor do the arrow keys');
	await reset(page).click();
}

async function testCheckOne(page) {
	const q = quiz.questions[0];
	const n = quiz.questions.length;
	await answer(page, 0, q, q.wrong);
	await checkBox(page, 0).check();
	let text = await spoken(page);
	ok(text.includes(words('NOT_CORRECT')), 'a wrong answer is called so');
	ok(text.includes(q.wrong[0].feedback), 'with the feedback of the option');
	ok(text.includes(q.explanation), 'and the explanation', q.explanation, text);
	ok(text.includes(words('CORRECT_ANSWER')), 'the right option is marked');
	const others = quiz.questions.slice(1).flatMap(o => [o.explanation,
		...o.options.map(p => p.feedback)]).filter(s => s && text.includes(s));
	none(others, 'nothing is told of the other questions');
	const unchosen = q.options.filter(o => o !== q.wrong[0])
		.map(o => o.feedback).filter(s => text.includes(s));
	none(unchosen, 'nor of the options that were not chosen');
	ok((await spoken(page, 'status')).includes(words('CORRECT_OF', 0, n)),
		'nothing is counted as right', await spoken(page, 'status'));
	await answer(page, 0, q, q.right);
	text = await spoken(page);
	ok(text.includes(words('CORRECT')) && !text.includes(words('NOT_CORRECT')),
		'the right answer is called so');
	ok((await spoken(page, 'status')).includes(words('CORRECT_OF', 1, n)),
		'and counted', await spoken(page, 'status'));
	await checkBox(page, 0).uncheck();
	none(leaks(await spoken(page)), 'unchecking hides it all again');
	await reset(page).click();
}

async function testGiveUp(page) {
	await checkAll(page).check();
	let text = await spoken(page);
	ok(text.includes(words('NOT_ANSWERED')), 'unanswered questions are named');
	none(leaks(text).filter(s => s !== words('NOT_ANSWERED')),
		'checking all without an answer tells nothing');
	await reset(page).click();
	await checkBox(page, 1).check();
	text = await spoken(page);
	ok(text.includes(quiz.questions[1].explanation),
		'checking a single question without an answer gives up');
	await reset(page).click();
}

async function testScore(page) {
	const n = quiz.questions.length;
	const need = Math.ceil(n * quiz.pass / 100);
	for (const right of [5, need, n]) {
		await answerAll(page, (i, q) => i < right ? q.right : q.wrong);
		await checkAll(page).check();
		const said = await spoken(page, 'status');
		ok(said.includes(words('ANSWERED_OF', n, n)), `${n} are answered`, said);
		ok(said.includes(words('CORRECT_OF', right, n)),
			`${right} of ${n} right answers are counted`, said);
		const verdict = right >= need ? 'PASSED' : 'NOT_PASSED';
		const other = right >= need ? 'NOT_PASSED' : 'PASSED';
		const start = name => words(name, '').split(':')[0] + ':';
		ok(new RegExp(`(^|[^t] )${start(verdict)}`).test(said) &&
			!said.includes(words(other, need)),
		`${right} of ${n}: ${verdict.toLowerCase()}`, said);
		same(said.includes(words('EVERY_CORRECT')), right === n,
			`${right} of ${n}: says whether that is all`);
		ok(said.includes(words('PASS_MARK', need, n)), 'the pass mark is said',
			said);
	}
	const text = await spoken(page);
	none(quiz.questions.filter(q => !text.includes(q.explanation))
		.map(q => q.explanation), 'every explanation is shown');
	none(quiz.questions.flatMap(q => q.right).map(o => o.feedback)
		.filter(s => !text.includes(s)), 'with the feedback of each choice');
}

// Half of a choose-all question is not right.
async function testHalf(page) {
	const i = quiz.questions.findIndex(q => q.isMany);
	const q = quiz.questions[i];
	for (const [choice, isRight, what] of [
		[q.right.slice(1), false, 'one right option too few'],
		[[...q.right, ...q.wrong], false, 'one wrong option too many'],
		[q.right, true, 'exactly the right options']]) {
		await answer(page, i, q, choice);
		await checkBox(page, i).check();
		const said = await spoken(page, 'status');
		ok(said.includes(words('CORRECT_OF', isRight ? 1 : 0,
			quiz.questions.length)), what, said);
	}
	await reset(page).click();
}

async function testReset(page) {
	await answerAll(page, (_, q) => q.right);
	await checkAll(page).check();
	await reset(page).click();
	same(await checkedCount(page), 0, 'starting again clears every answer');
	none(leaks(await spoken(page)), 'and hides every solution');
	ok((await spoken(page, 'status')).includes(
		words('ANSWERED_OF', 0, quiz.questions.length)), 'and the count');
}

async function testKeyboard(page) {
	const q = quiz.questions[0];
	await answer(page, 0, q, q.right);
	await answer(page, 2, quiz.questions[2], quiz.questions[2].right);
	const before = [page.url(), await checkedCount(page)];
	await field(page, 0, q, q.right[0]).focus();
	await page.keyboard.press('Enter');
	await field(page, 2, quiz.questions[2], quiz.questions[2].right[0]).focus();
	await page.keyboard.press('Enter');
	await page.waitForTimeout(100);
	same([page.url(), await checkedCount(page)], before, 'Enter does nothing');
	await checkBox(page, 0).focus();
	await page.keyboard.press('Space');
	ok((await spoken(page)).includes(words('CORRECT')),
		'Space checks a question');
	await reset(page).focus();
	await page.keyboard.press('Enter');
	same(await checkedCount(page), 0, 'Enter on the button starts again');
	// The tab key reaches every question, in order.
	const seen = [];
	await page.goto(address(QUIZ));
	for (let i = 0; i < 200; i++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate(() => {
			const e = document.activeElement;
			return e.closest('fieldset')?.querySelector('legend')?.innerText
				?? e.tagName;
		});
		if (seen.at(-1) !== at)
			seen.push(at);
		if (at === 'BODY')
			break;
	}
	const order = seen.map(s => /(\d+) /.exec(s)?.[1]).filter(Boolean).map(Number);
	same(order, quiz.questions.map((_, i) => i + 1),
		'Tab goes through the questions in order');
}

async function testHints(page) {
	const i = quiz.questions.findIndex(q => q.hints.length);
	const g = group(page, i, quiz.questions.length);
	await g.getByText(words('HINT', i + 1), { exact: true }).click();
	const text = await spoken(page);
	same(leaks(text), quiz.questions[i].hints, 'a hint opens, and only it');
	await g.getByText(words('HINT', i + 1), { exact: true }).click();
	none(leaks(await spoken(page)), 'and closes');
}

// A browser without style sheets shows the answers only on request.
async function testNoStyle(browser) {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.route(/\.css$/, route => route.abort());
	await page.goto(address(QUIZ));
	const text = await spoken(page);
	none(leaks(text), 'without style sheets nothing leaks');
	const asked = words('ANSWER_TO', 1);
	ok(text.includes(asked), 'and the answers can be opened', text);
	ok(!text.includes(words('CHECK_ALL')), 'no control that would do nothing');
	await page.getByText(asked, { exact: true }).click();
	ok((await spoken(page)).includes(quiz.questions[0].explanation),
		'an answer opens');
	await context.close();
}

const WIDTHS = [320, 390, 768, 1280];

async function testWidths(page) {
	for (const name of PAGES) {
		await page.goto(address(name));
		if (name === QUIZ) {
			await answerAll(page, (_, q) => q.wrong);
			await checkAll(page).check();
		}
		for (const width of WIDTHS) {
			none(await stickingOut(page, width),
				`${name}: nothing to scroll at ${width} px`);
		}
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

async function testAxe(browser, axe) {
	for (const colorScheme of ['light', 'dark']) {
		const context = await browser.newContext({ colorScheme });
		const page = await watched(context);
		await page.goto(address(QUIZ));
		await answerAll(page, (i, q) => i % 2 ? q.right : q.wrong);
		await checkAll(page).check();
		await axeRun(page, axe, `${QUIZ} checked, ${colorScheme}`);
		await reset(page).click();
		for (const hint of await page.locator('details.hint summary').all())
			await hint.click();
		await axeRun(page, axe, `${QUIZ} with hints, ${colorScheme}`);
		await page.setViewportSize({ width: 320, height: 640 });
		await axeRun(page, axe, `${QUIZ} on a phone, ${colorScheme}`);
		await context.close();
	}
}

// ---- every template, in each way it is looked at

const SAMPLE = [...PAGES, 'glossary.html', 'a-z.html', 'tips.html',
	'tags.html', 'print.html', '404.html'];
const FULL = ['index.html', 'basics/index.html', 'basics/text.html',
	'basics/pictures.html', 'basics/text-quiz.html', 'more/kinds-quiz.html',
	'more/mock-quiz.html', 'more/arabic.html', 'glossary.html', 'a-z.html',
	'tips.html', 'tags.html', 'print.html', 'objectives.html'];
const ARABIC = ['index.html', 'basics/index.html', 'basics/text.html',
	'basics/text-quiz.html', 'glossary.html', 'objectives.html'];
const PLAIN = ['index.html', 'basics/text.html', 'more/kinds-quiz.html',
	'glossary.html'];

const WAYS = [
	['light', { colorScheme: 'light', media: 'screen' }, 1280],
	['dark', { colorScheme: 'dark', media: 'screen' }, 1280],
	['phone', { colorScheme: 'light', media: 'screen' }, 360],
	['print', { colorScheme: 'light', media: 'print' }, 700],
];

async function look(page, axe, name) {
	for (const [way, media, width] of WAYS) {
		await page.emulateMedia(media);
		await page.setViewportSize({ width, height: 800 });
		await axeRun(page, axe, `${name}, ${way}`, way === 'print');
	}
}

async function testLooks(browser, axe, sites) {
	const context = await browser.newContext();
	const page = await watched(context);
	for (const [name, site, pages] of sites)
		for (const one of pages) {
			await page.goto(pathToFileURL(path.join(site, one)).href);
			await look(page, axe, `${name}: ${one}`);
		}
	await context.close();
}

// A home page of another title names the course, too.
async function testHomeTitle(page, site) {
	await page.goto(pathToFileURL(path.join(site, 'index.html')).href);
	const banner = page.locator('.hero');
	same(await banner.getByRole('heading', { level: 1 }).innerText(),
		'Everything', 'the home page has its own title');
	same(await banner.getByText('Everything “at once” & more',
		{ exact: true }).count(), 1, 'the course is named above it');
	await page.goto(address('index.html'));
	same(await banner.getByText(
		await banner.getByRole('heading', { level: 1 }).innerText(),
		{ exact: true }).count(), 1, 'one title is said once');
}

// Pygments' classes are short, and so are some of the theme's own.
async function testTokens(page, site) {
	const file = path.join(ROOT, 'gen/render/highlight_own.h');
	const classes = [...fs.readFileSync(file, 'utf8')
		.matchAll(/^\tX\(\w+, "(\w+)"\)/gm)].map(m => m[1]);
	ok(classes.length > 30, 'code has many classes', classes);
	for (const name of ['index.html', 'basics/text.html',
		'more/kinds-quiz.html']) {
		await page.goto(pathToFileURL(path.join(site, name)).href);
		none(await page.evaluate(all => {
			const code = document.createElement('code');
			document.querySelector('.text, .stem').append(code);
			const look = e => {
				const s = getComputedStyle(e);
				return [s.display, s.backgroundColor, s.padding, s.float,
					s.border.split(' ')[0], s.fontFamily].join();
			};
			const plain = code.appendChild(document.createElement('span'));
			return all.filter(name => {
				const token = plain.cloneNode();
				token.className = name;
				code.append(token);
				return look(token) !== look(plain);
			});
		}, classes), `${name}: code has nothing of the page's looks`);
	}
}

const WORD = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen';

async function testLongWords(page, site) {
	for (const name of ['index.html', 'basics/index.html', 'basics/text.html',
		'basics/text-quiz.html', 'more/pool.html', 'glossary.html', 'a-z.html',
		'tips.html', 'tags.html', 'objectives.html', 'print.html']) {
		await page.goto(pathToFileURL(path.join(site, name)).href);
		for (const width of WIDTHS) {
			none(await stickingOut(page, width),
				`${name}: a long word has room at ${width} px`);
			none(await page.evaluate(() => [...document.querySelectorAll(
				'.side, .toc')].filter(e => e.scrollWidth > e.clientWidth)
				.map(e => e.className)),
				`${name}: and beside the page at ${width} px`);
		}
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

// ---- served below /project/, as on GitHub Pages

const below = site => fs.readdirSync(site, { recursive: true }).sort();

// Where a page leads, and what it holds.
const anatomy = page => page.evaluate(() => ({
	ids: [...document.querySelectorAll('[id]')].map(e => e.id),
	links: [...document.querySelectorAll('[href], [src]')].map(e => ({
		from: e.outerHTML.slice(0, 120),
		to: e.getAttribute('href') === null ? e.src : new URL(
			e.getAttribute('href'), document.baseURI).href,
		isLoaded: !e.matches('a, link[rel=canonical]'),
	})),
}));

// The anchor that a page has for it, by the page's address.
async function checkLinks(all, base) {
	const wrong = [], status = new Map();
	for (const [from, { links }] of all)
		for (const link of links) {
			const [to, hash] = link.to.split('#');
			if (to === from)
				status.set(to, 200);
			if (!to.startsWith(base)) {
				if (link.isLoaded || !/^(https?|mailto):/.test(to))
					wrong.push(`${from}: ${link.from}`);
				continue;
			}
			if (!status.has(to))
				status.set(to, (await fetch(to)).status);
			const ids = all.get(to)?.ids;
			if (status.get(to) !== 200 ||
				hash && ids && !ids.includes(decodeURIComponent(hash)))
				wrong.push(`${from}: ${link.from}`);
		}
	return { wrong, n: status.size };
}

async function testServed(browser, server) {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await watched(context);
	const all = new Map();
	for (const file of below(server.site).filter(f => /\.html$/.test(f))) {
		const url = server.url + file;
		// A page that leads on has left before it can be looked at.
		if (/http-equiv="refresh"/.test(fs.readFileSync(
			path.join(server.site, file), 'utf8')))
			continue;
		await page.goto(url);
		all.set(url, await anatomy(page));
	}
	await context.close();
	const { wrong, n } = await checkLinks(all, server.url);
	none(wrong, `served below a folder every link of ${all.size} pages resolves`);
	ok(n > 15, 'there are links to follow', n);
}

async function testMoved(browser, server) {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await watched(context);
	for (const [old, now] of [['old/place.html', 'basics/text.html'],
		['very/old/place.html', 'basics/text.html'],
		['kinds.html', 'more/kinds.html']]) {
		await page.goto(server.url + old);
		await page.waitForURL(server.url + now);
		same(page.url(), server.url + now, `${old} leads on by itself`);
	}
	await context.close();
}

async function testNotFound(browser, server, axe) {
	const context = await browser.newContext();
	const page = await context.newPage();
	const asked = [];
	page.on('response', r => asked.push([r.url(), r.status()]));
	const url = `${server.url}no/such/page/here.html`;
	const response = await page.goto(url);
	same(response.status(), 404, 'there is no such page');
	none(asked.filter(([u, s]) => u !== url && s !== 200),
		'at any address the 404 page finds its style');
	ok(asked.some(([u]) => u.endsWith('/assets/ergen.css')), 'and asks for it',
		asked);
	const all = new Map([[url, await anatomy(page)]]);
	const { wrong, n } = await checkLinks(all, server.url);
	none(wrong, 'and its links lead somewhere');
	ok(n > 8, 'it has some', n);
	await look(page, axe, 'everything: 404.html');
	await page.getByRole('main').getByRole('link').first().click();
	same(page.url(), `${server.url}index.html`, 'the first one leads home');
	await context.close();
}

async function testShift(browser, server) {
	const context = await browser.newContext();
	const page = await watched(context);
	for (const [width, names] of [[360, FULL],
		[1280, ['index.html', 'basics/pictures.html']]]) {
		await page.setViewportSize({ width, height: 700 });
		for (const name of names) {
			await page.goto(server.url + name, { waitUntil: 'load' });
			const shifts = await page.evaluate(async () => {
				const list = [];
				new PerformanceObserver(l => list.push(...l.getEntries()))
					.observe({ type: 'layout-shift', buffered: true });
				for (let y = 0; y < document.body.scrollHeight; y += 500) {
					scrollTo({ top: y, behavior: 'instant' });
					await new Promise(f => setTimeout(f, 20));
				}
				for (const i of document.images)
					await i.decode().catch(() => {});
				await new Promise(f => requestAnimationFrame(() =>
					setTimeout(f, 20)));
				return list.map(e => `${e.value}: ${e.sources.map(s =>
					s.node?.outerHTML?.slice(0, 100)).join(', ')}`);
			});
			none(shifts, `nothing jumps on ${name} at ${width} px`);
		}
	}
	await context.close();
}

// ---- the whole

const address = name => pathToFileURL(path.join(SITE, name)).href;

const { chromium, options, axe } = load();
const words = readWords();
const quiz = readQuiz('content/20-hybrid/30-expressroute.quiz.md');

const browser = await chromium.launch(options);
const context = await browser.newContext({ javaScriptEnabled: false });
const page = await watched(context);
same(quiz.questions.length, 8, 'the ExpressRoute quiz has eight questions');
for (const test of [testBefore, testSelecting, testCheckOne, testGiveUp,
	testScore, testHalf, testReset, testKeyboard, testHints]) {
	await attempt(test.name, async () => {
		await page.goto(address(QUIZ));
		await test(page);
	});
}
await attempt('testWidths', () => testWidths(page));
await context.close();
await attempt('testAxe', () => testAxe(browser, axe));
const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'ergen-e2e-'));
const server = await serve('/project/');
await attempt('courses', async () => {
	const full = buildCourse(temp, 'everything', 'full', { url: server.url });
	const arabic = buildCourse(temp, 'arabic', 'full', { lang: 'ar' });
	const plain = buildCourse(temp, 'plain', 'full',
		{ theme: path.join(ROOT, 'themes/plain') });
	server.site = full;
	await attempt('testLooks', () => testLooks(browser, axe, [
		['course', SITE, SAMPLE], ['everything', full, FULL],
		['arabic', arabic, ARABIC], ['plain', plain, PLAIN]]));
	const long = buildCourse(temp, 'long', 'full', { title: WORD }, {
		'content/10-basics/index.md': `# The ${WORD}\n\n## Of ${WORD}\n`,
		'content/20-more/40-pool.md':
			`---\ntags: [${WORD}]\n---\n# A ${WORD}\n\n## By ${WORD}\n`,
	});
	const context = await browser.newContext();
	const page = await watched(context);
	await attempt('testHomeTitle', () => testHomeTitle(page, full));
	await attempt('testTokens', () => testTokens(page, full));
	await attempt('testLongWords', () => testLongWords(page, long));
	await context.close();
	for (const site of [SITE, full]) {
		server.site = site;
		await attempt('testServed', () => testServed(browser, server));
	}
	for (const test of [testMoved, testNotFound, testShift])
		await attempt(test.name, () => test(browser, server, axe));
});
server.close();
fs.rmSync(temp, { recursive: true });
noComplaints(server.url);
await attempt('testNoStyle', () => testNoStyle(browser));
await browser.close();
plan();
