#include "book/front.h"

#include "book/id.h"
#include "book/schema.h"

enum {
	FRONT_MOST = 64 * 1024, /* bytes, with the line that ends it */
	ORDER_MOST = 1000000,
	DRAW_MOST = 10000
};

static unsigned
two_digits(const char *p)
{
	return (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
}

static bool
is_day(unsigned year, unsigned month, unsigned day)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31,
		30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && is_leap ? 1u : 0u);
}

/* A day, with or without a time behind it, as other tools write it.
 * https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
static bool
is_date(struct str s)
{
	static const char shape[] = "dddd-dd-dd";

	if (s.len < sizeof(shape) - 1)
		return false;
	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == 'd' ? !g_ascii_isdigit(s.p[i]) : s.p[i] != '-')
			return false;
	if (s.len > 10 && !strchr("Tt ", s.p[10]))
		return false;
	return is_day(two_digits(s.p) * 100 + two_digits(s.p + 2),
	    two_digits(s.p + 5), two_digits(s.p + 8));
}

#define AT(field) offsetof(struct front, field)

static const struct schema_text day = { .name = "day",
	.is_valid = is_date,
	.expects = "a day such as 2026-11-22",
	.pattern = "^\\s*\\d{4}-\\d{2}-\\d{2}([Tt ].*)?$" };
/* Its own message says what is wrong with it. */
static const struct schema_text quiz_id = { .name = "id",
	.pattern = "^\\s*[a-z0-9]+(-[a-z0-9]+)*\\s*$" };

const struct schema_key front_keys[] = {
	{ .name = "title",
	    .type = SCHEMA_TEXT,
	    .at = AT(title),
	    .text = &schema_filled,
	    .help = "Title of the page; else its first `#` heading." },
	{ .name = "order",
	    .type = SCHEMA_INT,
	    .at = AT(order),
	    .most = ORDER_MOST,
	    .help =
		"Place among its neighbours; else the number in front of the name." },
	{ .name = "slug",
	    .type = SCHEMA_TEXT,
	    .at = AT(slug),
	    .text = &schema_slug,
	    .help = "Last part of the address; else the file's name." },
	{ .name = "summary",
	    .type = SCHEMA_TEXT,
	    .at = AT(summary),
	    .help = "A sentence or two, below the title and in lists." },
	{ .name = "tags",
	    .type = SCHEMA_LIST,
	    .at = AT(tags),
	    .n_at = AT(n_tags),
	    .help =
		"Listed on the website's page of tags; in the JSON output." },
	{ .name = "objectives",
	    .type = SCHEMA_LIST,
	    .at = AT(objectives),
	    .n_at = AT(n_objectives),
	    .help = "What of content/objectives.yaml the page teaches: ids." },
	{ .name = "draft",
	    .type = SCHEMA_BOOL,
	    .at = AT(is_draft),
	    .fallback = "false",
	    .help = "Left out unless `--drafts` is given." },
	{ .name = "date",
	    .type = SCHEMA_TEXT,
	    .at = AT(date),
	    .text = &day,
	    .help =
		"When it was written or last changed: shown, in sitemap.xml and feed.xml." },
	{ .name = "lang",
	    .type = SCHEMA_TEXT,
	    .at = AT(lang),
	    .text = &schema_lang,
	    .help = "Language of the page; else the site's." },
	{ .name = "aliases",
	    .type = SCHEMA_LIST,
	    .at = AT(aliases),
	    .n_at = AT(n_aliases),
	    .help =
		"Old addresses of the page, from the site\'s root: `old/place`. At each the website has a page that leads on." },
	/* A lesson may hold questions of its own. */
	{ .name = "quiz-id",
	    .type = SCHEMA_TEXT,
	    .at = AT(quiz_id),
	    .text = &quiz_id,
	    .help =
		"Prefix of the questions' ids. **Never change it.** In a lesson, for the questions that it holds itself." },
	{ .name = "params",
	    .type = SCHEMA_ANY,
	    .help = "Your own; ergen does not look at it." },
	{ 0 },
};

const struct schema_key front_quiz_keys[] = {
	{ .name = "draw",
	    .type = SCHEMA_INT,
	    .at = AT(draw),
	    .least = 1,
	    .most = DRAW_MOST,
	    .help =
		"So many of the questions are on the website; else all. Book, deck and JSON have all of them." },
	{ .name = "shuffle",
	    .type = SCHEMA_WORD,
	    .at = AT(shuffle),
	    .words = shuffle_words,
	    .help = "For this quiz; else what site.yaml says." },
	{ .name = "pass",
	    .type = SCHEMA_INT,
	    .at = AT(pass),
	    .most = 100,
	    .help = "For this quiz; else what site.yaml says." },
	{ .name = "mode",
	    .type = SCHEMA_WORD,
	    .at = AT(mode),
	    .words = quiz_mode_words,
	    .help = "For this quiz; else what site.yaml says." },
	{ .name = "from",
	    .type = SCHEMA_LIST,
	    .at = AT(from),
	    .n_at = AT(n_from),
	    .help =
		"A mock exam: it takes the questions of these quizzes. [More](syntax.md#mock-exams)." },
	{ 0 },
};

static const struct schema lesson_schema = {
	.keys = front_keys,
	.more = front_quiz_keys,
	.why_not_more = "this key belongs into a quiz file (NAME.quiz.md)",
	.key_id = DIAG_FRONT_KEY,
	.type_id = DIAG_FRONT_TYPE,
};
static const struct schema quiz_schema = {
	.keys = front_keys,
	.more = front_quiz_keys,
	.key_id = DIAG_FRONT_KEY,
	.type_id = DIAG_FRONT_TYPE,
};

/* Cuts the first line off *rest, which is not empty; the result has no line
 * end. */
static struct str
next_line(struct str *rest)
{
	struct str line = str_upto(*rest, str_find(*rest, '\n'));

	*rest = str_from(*rest, line.len + 1);
	return line;
}

static bool
is_fence(struct str line, const char *fence)
{
	return str_starts(line, fence) &&
	    str_trim(str_from(line, strlen(fence))).len == 0;
}

static bool
report_no_end(const struct origin *in, const char *what, struct diag *d)
{
	diag_at(d, DIAG_FRONT_BAD, (struct loc){ in, 1, 1 }, "%s", what);
	diag_help(d,
	    "end it with a line '---'; a thematic break in the first line is written '***'");
	return false;
}

bool
front_cut(const struct origin *in, struct front_cut *cut, struct diag *d)
{
	bool has_mark = str_starts(in->text, "\xef\xbb\xbf");
	struct str rest = str_from(in->text, has_mark ? 3 : 0);

	*cut = (struct front_cut){ .body_at = has_mark ? 3 : 0,
		.body_line = 1 };
	if (!is_fence(next_line(&rest), "---"))
		return true;
	struct str yaml = rest;
	for (unsigned line = 2; rest.len; line++) {
		size_t at = (size_t)(rest.p - yaml.p);
		if (at > FRONT_MOST)
			return report_no_end(in,
			    "no closing line within 64 KiB", d);
		struct str s = next_line(&rest);
		if (!is_fence(s, "---") && !is_fence(s, "..."))
			continue;
		*cut = (struct front_cut){ .has_front = true,
			.yaml = str_upto(yaml, at),
			.yaml_line = 2,
			.body_at = (size_t)(rest.p - in->text.p),
			.body_line = line + 1 };
		return true;
	}
	return report_no_end(in, "no closing line", d);
}

void
front_init(struct front *out)
{
	*out = (struct front){ 0 };
	schema_defaults(&quiz_schema, out);
}

static struct loc
place_of(const struct yaml *map, const char *key)
{
	const struct yaml *value = yaml_get(map, key);

	return value ? value->at : (struct loc){ NULL, 0, 0 };
}

bool
front_parse(const struct origin *in, struct str text, unsigned first_line,
    bool is_quiz, struct arena *a, struct front *out, struct diag *d)
{
	front_init(out);
	const struct yaml *map = yaml_parse(in, text, first_line,
	    DIAG_FRONT_BAD, a, d);
	if (!map)
		return false;
	if (map->kind != YAML_MAP) {
		diag_at(d, DIAG_FRONT_BAD, map->at, "no keys");
		diag_help(d,
		    "lines such as 'title: My lesson' were expected; a thematic break in the first line is written '***'");
		return false;
	}
	schema_read(is_quiz ? &quiz_schema : &lesson_schema, map, out, a, d);
	out->yaml = map;
	out->has_order = out->order != SCHEMA_ABSENT;
	if (out->date)
		out->date = arena_str(a, str_upto(str_of(out->date), 10));
	out->title_at = place_of(map, "title");
	out->slug_at = place_of(map, "slug");
	out->date_at = place_of(map, "date");
	out->quiz_id_at = place_of(map, "quiz-id");
	return true;
}
