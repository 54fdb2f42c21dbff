// A quiz of many questions, of five kinds in turn, and its answers.

const KINDS = [
	i => `- [x] yes ${i}\n- [ ] no ${i}\n- [ ] perhaps ${i}\n  > Never.\n`,
	i => `- [x] a${i}\n- [x] b${i}\n- [ ] c${i}\n- [ ] d${i}\n`,
	i => `What is ${i} times two?\n\nAnswer: ${2 * i}\n`,
	i => `Order.\n\n1. first ${i}\n2. second ${i}\n3. third ${i}\n`,
	i => `The word **word${i}** and **other${i}**.\n`,
];
const TYPES = ['', '', '', '; type=order', '; type=cloze'];

export function manyQuestions(n, id = 'many') {
	return `---\ntitle: Many\nquiz-id: ${id}\n---\n# Many\n\n` +
		Array.from({ length: n }, (_, i) => `## Item ${i}\n` +
		`<!-- q: m${i}${TYPES[i % 5]} -->\n\n${KINDS[i % 5](i)}\n`).join('');
}

// By one call, and without asking for a layout in between: two hundred
// questions by roles would take a minute. pattern[i]: answer it right?
export async function answerMany(page, pattern) {
	await page.evaluate((rights) => {
		for (const g of document.querySelectorAll('fieldset')) {
			const i = Number(/Item (\d+)$/.exec(
				g.querySelector('legend').textContent)[1]);
			const right = rights[i];
			const field = name => [...g.querySelectorAll('label')].find(l =>
				l.textContent.trim().startsWith(name))?.control ??
				g.querySelector(`[aria-label="${name}"]`);
			const set = (name, value) => { field(name).value = value; };
			if (i % 5 === 0)
				field(right ? `yes ${i}` : `perhaps ${i}`).checked = true;
			else if (i % 5 === 1)
				for (const x of right ? 'ab' : 'abc')
					field(`${x}${i}`).checked = true;
			else if (i % 5 === 2)
				set('Your answer', String(2 * i + (right ? 0 : 1)));
			else if (i % 5 === 3)
				['first', 'second', 'third'].forEach((x, k) =>
					set(`${x} ${i}`, String(right ? k + 1 : 3 - k)));
			else
				[`word${i}`, right ? `OTHER${i}` : `other${i + 1}`].forEach((x, k) =>
					set(`Blank ${k + 1}`, x));
		}
	}, pattern);
}
