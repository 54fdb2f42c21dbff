/*
 * Moodle's GIFT: https://docs.moodle.org/en/GIFT_format. Where that page says
 * little, Moodle's own reader decides what a file means: an empty line ends a
 * question, escaped signs mean themselves, the last "####" begins the general
 * feedback.
 */
#include "import/gift.h"

#include "import/media.h"
#include "import/moodle.h"

/* ---- signs */

/* The offset of the first c that is not escaped, or s.len. */
size_t
gift_find(struct str s, char c)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == c)
			return i;
	}
	return s.len;
}

size_t
gift_find_arrow(struct str s)
{
	for (size_t i = 0; i + 1 < s.len; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '-' && s.p[i + 1] == '>')
			return i;
	}
	return s.len;
}

/* The last "####", or s.len. */
static size_t
find_general(struct str s)
{
	for (size_t i = s.len; i >= 4; i--)
		if (memcmp(s.p + i - 4, "####", 4) == 0 &&
		    (i == 4 || s.p[i - 5] != '\\'))
			return i - 4;
	return s.len;
}

/* What escapes mean. */
static void
unescape(GString *to, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char next = i + 1 < s.len ? s.p[i + 1] : '\0';
		if (s.p[i] == '\r')
			continue;
		if (s.p[i] != '\\' || !next || !strchr("\\~=#{}:n", next)) {
			g_string_append_c(to, s.p[i]);
			continue;
		}
		g_string_append_c(to, next == 'n' ? '\n' : next);
		i++;
	}
}

const char *
gift_plain(struct gift *g, struct str s)
{
	g_autoptr(GString) to = g_string_new(NULL);

	unescape(to, str_trim(s));
	return arena_str(g->im->arena,
	    str_trim((struct str){ to->str, to->len }));
}

static struct loc
loc_of(struct piece *p, struct str part)
{
	const size_t at = (size_t)(part.p - p->text.p);

	return import_loc(p->g->im, p->g->in,
	    (size_t)(p->source.p - p->g->in->text.p) + at);
}

/* ---- texts */

bool
gift_take_format(struct str *s, enum format *format)
{
	static const char *const names[] = { "[moodle]", "[html]", "[plain]",
		"[markdown]" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (!str_starts(*s, names[i]))
			continue;
		*s = str_from(*s, strlen(names[i]));
		*format = (enum format)i;
		return true;
	}
	return false;
}

/* Markdown of a text, in the arena. */
const char *
gift_rich(struct piece *p, struct str s, enum text_use use)
{
	enum format format = p->format;
	struct str t = str_trim(s);

	(void)gift_take_format(&t, &format);
	g_autoptr(GString) raw = g_string_new(NULL);
	g_autoptr(GString) to = g_string_new(NULL);
	unescape(raw, t);
	const struct str r = { raw->str, raw->len };
	const struct markup m = { .im = p->g->im,
		.lost = &p->q->lost,
		.at = p->q->at,
		.use = use,
		.is_cloze = p->q->kind == ASK_CLOZE,
		.keeps_how = p->is_number,
		.hints = &p->q->hints };
	switch (format) {
	case FORMAT_HTML: return markup_read(&m, r);
	case FORMAT_MOODLE: return moodle_text(&m, r);
	case FORMAT_PLAIN: text_plain(to, r, use); break;
	case FORMAT_MARKDOWN:
		if (use == TEXT_BLOCKS)
			text_guard(to, r, p->q->kind == ASK_CLOZE);
		else
			text_guard_line(to, r, use == TEXT_CELL);
		break;
	}
	const struct str all = { to->str, to->len };
	return format == FORMAT_MARKDOWN
	    ? media_of_markdown(p->g->im, p->g->in, &p->q->lost, p->q->at, all)
	    : arena_str(p->g->im->arena, all);
}

const char *
gift_non_empty(const char *text)
{
	return text[0] ? text : NULL;
}

/* Adds to what explains the answer. */
void
gift_explain(struct piece *p, const char *answer, const char *text)
{
	g_autoptr(GString) to = g_string_new(p->q->explanation);

	if (!text || !text[0])
		return;
	text_block(to);
	if (answer) {
		g_string_append_c(to, '*');
		text_inline(to, str_of(answer), false);
		g_string_append(to, "*: ");
	}
	g_string_append(to, text);
	p->q->explanation = arena_str(p->g->im->arena,
	    (struct str){ to->str, to->len });
}

void
gift_lose(struct piece *p, struct str part, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	import_lost(p->g->im, &p->q->lost, loc_of(p, part), part, "%s", what);
}

/* ---- questions */

/* A question that our syntax would refuse keeps its text. */
static void
check(struct piece *p)
{
	struct ask_one *q = p->q;
	const char *why = NULL;
	size_t n_pairs = 0;

	items_each(o, &q->options)
		n_pairs += o->more != NULL;
	if (q->kind == ASK_CHOICE && q->options.n < 2)
		why = "a choice needs two options";
	else if (q->kind == ASK_TEXT && !q->accepted.n)
		why = "no answer is right";
	else if (q->kind == ASK_MATCH && (q->options.n < 2 || !n_pairs))
		why = "a matching needs two pairs";
	if (!why)
		return;
	import_lost(p->g->im, &q->lost, q->at, p->source, "%s", why);
	q->kind = ASK_NOTHING;
	q->options = q->accepted = q->wrong = (struct items){ NULL, NULL, 0 };
}

/* A gap, or the blank that is to be filled in. */
static const char gap[] = "_____";

static void
read_stem(struct piece *p, struct str before, struct str behind)
{
	g_autoptr(GString) stem = g_string_new(NULL);

	g_string_append_len(stem, before.p, (gssize)before.len);
	if (behind.len) {
		g_string_append(stem, gap);
		g_string_append_len(stem, behind.p, (gssize)behind.len);
	}
	p->q->stem = gift_non_empty(
	    gift_rich(p, (struct str){ stem->str, stem->len }, TEXT_BLOCKS));
}

/* The text around the only gap of s, so that a word can be put there. */
static bool
split_gap(struct str s, struct str *before, struct str *behind)
{
	const char *at = g_strstr_len(s.p, (gssize)s.len, gap);
	const char *last = g_strrstr_len(s.p, (gssize)s.len, gap);

	if (!at || at != last)
		return false;
	*before = str_upto(s, (size_t)(at - s.p));
	*behind = str_from(s, (size_t)(at - s.p) + strlen(gap));
	return true;
}

/* A question whose answer is a word for the gap in its text. */
static bool
read_blank(struct piece *p, struct str before, struct str answers,
    struct str behind)
{
	const bool is_markdown = p->format == FORMAT_MARKDOWN;
	const char *blank = gift_blank(p->g, answers);
	g_autoptr(GString) stem = g_string_new(NULL);

	if (!blank || (!behind.len && !split_gap(before, &before, &behind)))
		return false;
	p->q->kind = ASK_CLOZE;
	if (p->format == FORMAT_PLAIN)
		p->format = FORMAT_MOODLE;
	g_autofree char *html = g_markup_escape_text(blank, -1);
	g_autoptr(GString) plain = g_string_new(NULL);
	text_literal(plain, str_of(blank), false);
	g_string_append_len(stem, before.p, (gssize)before.len);
	g_string_append(stem, is_markdown ? "\001" : "<ergen-blank>");
	/* Escaped by GIFT's own rules, since it is read once more. */
	for (const char *c = is_markdown ? plain->str : html; *c; c++)
		g_string_append_printf(stem, "%s%c",
		    strchr("\\~=#{}:", *c) ? "\\" : "", *c);
	g_string_append(stem, is_markdown ? "\001" : "</ergen-blank>");
	g_string_append_len(stem, behind.p, (gssize)behind.len);
	const char *text = gift_rich(p, (struct str){ stem->str, stem->len },
	    TEXT_BLOCKS);
	g_autoptr(GString) all = g_string_new(text);
	(void)g_string_replace(all, "\001", "**", 0);
	if (!strstr(all->str, "**")) {
		p->q->kind = ASK_NOTHING;
		return false;
	}
	p->q->stem = arena_str(p->g->im->arena,
	    (struct str){ all->str, all->len });
	return true;
}

static void
read_body(struct piece *p, struct str text)
{
	const size_t open = gift_find(text, '{');
	const size_t close = gift_find(text, '}');
	const bool has_answer = open < text.len && close < text.len &&
	    open < close;
	struct str before = str_upto(text, open);
	struct str behind = has_answer ? str_from(text, close + 1)
				       : (struct str){ NULL, 0 };

	if (!has_answer && (open < text.len || close < text.len)) {
		p->q->kind = ASK_NOTHING;
		read_stem(p, text, behind);
		import_lost(p->g->im, &p->q->lost, loc_of(p, text), p->source,
		    "a brace has no partner");
		diag_help(p->g->im->diag,
		    "an empty line ends a question; a brace that is text is \\{");
		return;
	}
	behind = str_trim(behind).len ? behind : (struct str){ NULL, 0 };
	struct str answers = has_answer
	    ? str_trim(str_upto(str_from(text, open + 1), close - open - 1))
	    : behind;
	const size_t general = find_general(answers);
	(void)gift_take_format(&before, &p->format);
	if (!has_answer)
		p->q->kind = ASK_NOTHING;
	struct str rest = str_trim(str_upto(answers, general));
	p->is_number = str_starts(rest, "#");
	const bool is_blank = has_answer && read_blank(p, before, rest, behind);
	if (!is_blank)
		read_stem(p, before, behind);
	if (has_answer && !is_blank)
		gift_read_answers(p, rest);
	if (general < answers.len)
		gift_explain(p, NULL,
		    gift_rich(p, str_from(answers, general + 4), TEXT_BLOCKS));
	check(p);
}

/* "::title::" in front. */
static const char *
take_title(struct gift *g, struct str *text)
{
	struct str s = *text;

	if (!str_starts(s, "::"))
		return NULL;
	s = str_from(s, 2);
	for (size_t i = 0; i + 1 < s.len; i++) {
		if (s.p[i] == '\\') {
			i++;
		} else if (s.p[i] == ':' && s.p[i + 1] == ':') {
			*text = str_trim(str_from(s, i + 2));
			return gift_non_empty(gift_plain(g, str_upto(s, i)));
		}
	}
	return NULL;
}

static void
read_question(struct gift *g, struct str source, struct str text)
{
	struct piece p = { .g = g, .source = source, .text = text };
	struct str body = str_trim(text);
	struct loc at = loc_of(&p, body);

	p.q = bank_add(g->im, g->bank, ASK_NOTHING, at);
	p.q->id = g->id;
	p.q->tags = g->tags;
	p.q->keys = g->keys;
	items_each(n, &g->notes)
		items_add(g->im, &p.q->lost, n->text, n->more, false);
	p.q->title = take_title(g, &body);
	read_body(&p, body);
	g->id = NULL;
	g->tags = g->keys = g->notes = (struct items){ NULL, NULL, 0 };
}

/* ---- the file */

/* The text of a mark: a backslash stands before a bracket. */
static const char *
mark_text(struct gift *g, struct str s)
{
	g_autoptr(GString) to = g_string_new(NULL);

	s = str_trim(s);
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '\\' && i + 1 < s.len)
			i++;
		g_string_append_c(to, s.p[i]);
	}
	return arena_str(g->im->arena, (struct str){ to->str, to->len });
}

/* "[id:x]" and "[tag:x]" of a comment; true if it says nothing else. */
static bool
read_marks(struct gift *g, struct str s)
{
	static const char *const names[] = { "[id:", "[tag:" };
	bool is_known = str_starts(s, "question:");

	for (size_t i = 0; i < s.len; i++) {
		for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
			const struct str rest = str_from(s, i);
			if (!str_starts(rest, names[k]))
				continue;
			const struct str value = str_from(rest,
			    strlen(names[k]));
			const size_t end = gift_find(value, ']');
			const char *text = mark_text(g, str_upto(value, end));
			if (end == value.len || !text[0])
				continue;
			if (k == 0)
				g->id = text;
			else
				import_tag(g->im, &g->tags, &g->keys, text);
			is_known = true;
		}
	}
	return is_known;
}

static void
read_comment(struct gift *g, struct str line)
{
	const struct str s = str_trim(str_from(line, 2));

	if (s.len && !read_marks(g, s))
		items_add(g->im, &g->notes, "a comment",
		    arena_str(g->im->arena, s), false);
}

/* "$CATEGORY: $course$/top/Networking/VPN" */
static void
read_category(struct gift *g, struct str line)
{
	g_autoptr(GString) name = g_string_new(NULL);
	struct str rest = str_from(line, strlen("$CATEGORY:"));
	bool is_first = true;

	rest = str_trim(rest);
	while (rest.len) {
		size_t at = str_find(rest, '/');
		/* Two slashes are one that belongs to a name. */
		while (at + 1 < rest.len && rest.p[at + 1] == '/')
			at += 2 + str_find(str_from(rest, at + 2), '/');
		const struct str part = str_trim(str_upto(rest, at));
		rest = str_from(rest, at + 1);
		const bool is_root = is_first &&
		    ((str_starts(part, "$") && str_ends(part, "$")) ||
			str_is(part, "top"));
		if (is_root || !part.len)
			continue;
		is_first = false;
		g_string_append(name, name->len ? " / " : "");
		for (size_t i = 0; i < part.len; i++)
			if (part.p[i] != '/' || i == 0 || part.p[i - 1] != '/')
				g_string_append_c(name, part.p[i]);
	}
	g->bank = import_bank(g->im,
	    name->len ? name->str : import_stem(g->im, g->in), g->in);
}

static bool
is_comment(struct str line)
{
	return str_starts(str_trim(line), "//");
}

/* The lines up to an empty one, or a category. */
static struct str
take_piece(struct str *rest)
{
	const char *begin = rest->p;
	size_t len = 0;

	while (rest->len) {
		struct str next = *rest;
		const struct str line = str_trim(str_line(&next));
		if (line.len == 0 || str_starts(line, "$CATEGORY:"))
			break;
		*rest = next;
		len = (size_t)(rest->p - begin);
	}
	return (struct str){ begin, len };
}

/* Comments out, as many bytes as before. */
static struct str
without_comments(struct gift *g, struct str source, bool *is_empty)
{
	char *text = arena_str(g->im->arena, source);
	struct str rest = source;

	*is_empty = true;
	while (rest.len) {
		const size_t at = source.len - rest.len;
		const struct str line = str_line(&rest);
		/* Alone it ends a line; before LF it goes with escapes. */
		for (size_t i = at; i < source.len - rest.len; i++)
			if (text[i] == '\r' && text[i + 1] != '\n')
				text[i] = '\n';
		if (is_comment(line)) {
			read_comment(g, str_trim(line));
			memset(text + at, ' ', line.len);
		} else if (str_trim(line).len) {
			*is_empty = false;
		}
	}
	return (struct str){ text, source.len };
}

static bool
read_gift(struct import *im, const struct origin *in)
{
	struct gift g = { .im = im, .in = in };
	struct str rest = in->text;

	g.bank = import_bank(im, import_stem(im, in), in);
	while (rest.len) {
		struct str next = rest;
		const struct str line = str_trim(str_line(&next));
		if (line.len == 0 || str_starts(line, "$CATEGORY:")) {
			if (line.len)
				read_category(&g, line);
			rest = next;
			continue;
		}
		const struct str source = take_piece(&rest);
		bool is_empty;
		const struct str text = without_comments(&g, source, &is_empty);
		if (!is_empty)
			read_question(&g, source, text);
	}
	items_each(n, &g.notes)
		items_add(im, &g.bank->lost, n->text, n->more, false);
	return true;
}

const struct importer import_gift = {
	.name = "gift",
	.summary = "Moodle's text format for questions",
	.read = read_gift,
};
