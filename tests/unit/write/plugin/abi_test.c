#include "write/plugin/ergen-writer.h"

#include <glib.h>

/*
 * A second copy of what never changes within an ABI number. If a case here
 * fails, the header is wrong: objects that others have compiled hold these
 * places and numbers. What is new goes to the end of each.
 */

/* One behind the other, each as large as a pointer. */
static void
expect_row(const size_t *places, size_t n, size_t first)
{
	for (size_t i = 0; i < n; i++)
		g_assert_cmpuint(places[i], ==, first + i * sizeof(void *));
}

static void
test_host(void)
{
#define AT(name) offsetof(struct ergen_host, name)
	static const size_t places[] = { AT(generator), AT(sink), AT(put),
		AT(contents), AT(alloc), AT(file), AT(copy), AT(report),
		AT(option), AT(site_text), AT(book_number), AT(book_json),
		AT(n_assets), AT(asset), AT(find_asset), AT(asset_text),
		AT(asset_number), AT(n_pages), AT(page), AT(page_text),
		AT(page_body), AT(n_footnotes), AT(footnote), AT(n_quizzes),
		AT(quiz), AT(node_child), AT(node_next), AT(node_text),
		AT(node_number), AT(node_asset), AT(quiz_text), AT(quiz_number),
		AT(n_questions), AT(question), AT(question_text),
		AT(question_number), AT(question_tree), AT(n_options),
		AT(option_text), AT(option_is_correct) };

	g_assert_cmpuint(AT(abi), ==, 0);
	g_assert_cmpuint(AT(size), ==, 4);
	expect_row(places, G_N_ELEMENTS(places), 8);
#undef AT
}

static void
test_writer(void)
{
#define AT(name) offsetof(struct ergen_writer, name)
	static const size_t hooks[] = { AT(supports), AT(options),
		AT(state_size), AT(check), AT(open), AT(render), AT(emit),
		AT(finish), AT(close) };

	g_assert_cmpuint(AT(abi), ==, 0);
	g_assert_cmpuint(AT(size), ==, 4);
	g_assert_cmpuint(AT(summary), ==, 8);
	g_assert_cmpuint(AT(order), ==, AT(summary) + sizeof(void *));
	g_assert_cmpuint(AT(n_supports), ==, AT(order) + 4);
	g_assert_cmpuint(AT(n_options), ==, AT(order) + 8);
	expect_row(hooks, G_N_ELEMENTS(hooks),
	    AT(order) + (sizeof(void *) == 8 ? 16 : 12));
#undef AT
	g_assert_cmpuint(ERGEN_WRITER_ABI, ==, 1);
	g_assert_cmpuint(sizeof(struct ergen_str), ==, 2 * sizeof(void *));
	g_assert_cmpuint(sizeof(struct ergen_support), ==, 3 * sizeof(void *));
	g_assert_cmpuint(sizeof(struct ergen_option), ==, 3 * sizeof(void *));
	g_assert_cmpuint(offsetof(struct ergen_place, line), ==,
	    2 * sizeof(void *));
	g_assert_cmpuint(offsetof(struct ergen_place, col), ==,
	    2 * sizeof(void *) + 4);
}

static void
expect_numbers(const unsigned *all, size_t n, unsigned first)
{
	for (size_t i = 0; i < n; i++)
		g_assert_cmpuint(all[i], ==, first + i);
}

#define EXPECT(first, ...)                                     \
	do {                                                   \
		static const unsigned all[] = { __VA_ARGS__ }; \
		expect_numbers(all, G_N_ELEMENTS(all), first); \
	} while (0)

static void
test_numbers(void)
{
	EXPECT(1, ERGEN_SITE_ID, ERGEN_SITE_SLUG, ERGEN_SITE_TITLE,
	    ERGEN_SITE_SUBTITLE, ERGEN_SITE_DESCRIPTION, ERGEN_SITE_AUTHORS,
	    ERGEN_SITE_PUBLISHER, ERGEN_SITE_LICENSE, ERGEN_SITE_LANG,
	    ERGEN_SITE_DIR, ERGEN_SITE_URL, ERGEN_SITE_REPO_URL);
	EXPECT(1, ERGEN_BOOK_TIME, ERGEN_BOOK_LESSONS, ERGEN_BOOK_QUESTIONS);
	EXPECT(1, ERGEN_ASSET_PATH, ERGEN_ASSET_ADDRESS, ERGEN_ASSET_FILE,
	    ERGEN_ASSET_MEDIA_TYPE);
	EXPECT(1, ERGEN_ASSET_SIZE, ERGEN_ASSET_WIDTH, ERGEN_ASSET_HEIGHT);
	EXPECT(1, ERGEN_PAGE_KIND, ERGEN_PAGE_ADDRESS, ERGEN_PAGE_TITLE,
	    ERGEN_PAGE_SUMMARY, ERGEN_PAGE_LANG, ERGEN_PAGE_DATE,
	    ERGEN_PAGE_SOURCE, ERGEN_PAGE_PREV, ERGEN_PAGE_NEXT,
	    ERGEN_PAGE_PARTNER, ERGEN_PAGE_TEXT, ERGEN_PAGE_HTML,
	    ERGEN_PAGE_JSON);
	EXPECT(1, ERGEN_NODE_TYPE, ERGEN_NODE_TEXT, ERGEN_NODE_ADDRESS,
	    ERGEN_NODE_URL, ERGEN_NODE_TITLE, ERGEN_NODE_ID, ERGEN_NODE_INFO,
	    ERGEN_NODE_KIND, ERGEN_NODE_MATHML, ERGEN_NODE_QUIZ);
	EXPECT(1, ERGEN_NODE_LINE, ERGEN_NODE_LEVEL, ERGEN_NODE_ORDERED,
	    ERGEN_NODE_START, ERGEN_NODE_TIGHT, ERGEN_NODE_CHECKED,
	    ERGEN_NODE_HEAD, ERGEN_NODE_ALIGN, ERGEN_NODE_NUMBER,
	    ERGEN_NODE_DISPLAY);
	EXPECT(1, ERGEN_QUIZ_ID, ERGEN_QUIZ_TITLE);
	EXPECT(1, ERGEN_QUIZ_PASS, ERGEN_QUIZ_ASKED, ERGEN_QUIZ_MOCK);
	EXPECT(1, ERGEN_QUESTION_ID, ERGEN_QUESTION_KIND, ERGEN_QUESTION_ANCHOR,
	    ERGEN_QUESTION_OBJECTIVE, ERGEN_QUESTION_TITLE,
	    ERGEN_QUESTION_TITLE_HTML, ERGEN_QUESTION_STEM,
	    ERGEN_QUESTION_STEM_HTML, ERGEN_QUESTION_EXPLANATION,
	    ERGEN_QUESTION_EXPLANATION_HTML, ERGEN_QUESTION_JSON);
	EXPECT(1, ERGEN_QUESTION_LINE, ERGEN_QUESTION_POINTS,
	    ERGEN_QUESTION_DIFFICULTY);
	EXPECT(1, ERGEN_OPTION_TEXT, ERGEN_OPTION_HTML, ERGEN_OPTION_FEEDBACK,
	    ERGEN_OPTION_FEEDBACK_HTML);
	EXPECT(1, ERGEN_NOTE, ERGEN_WARNING, ERGEN_ERROR);
	EXPECT(0, ERGEN_READING, ERGEN_ANY);
	EXPECT(0, ERGEN_FULL, ERGEN_ROUGH, ERGEN_NONE);
}

void test_write_plugin_abi(void);

void
test_write_plugin_abi(void)
{
	g_test_add_func("/write/plugin/abi/host", test_host);
	g_test_add_func("/write/plugin/abi/writer", test_writer);
	g_test_add_func("/write/plugin/abi/numbers", test_numbers);
}
