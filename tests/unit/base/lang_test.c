#include "base/lang.h"

#include <glib.h>

static void
test_tags(void)
{
	static const char *const good[] = { "en", "de", "pt-BR", "ar", "haw",
		"zh-Hant-TW", "zh-cmn-Hans-CN", "es-419", "de-CH-1996",
		"sl-rozaj-biske-1994", "de-DE-u-co-phonebk", "en-x-y",
		"en-a-bbb-x-a-ccc", "EN-us", "ar-u-nu-latn" };

	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		g_test_message("%s", good[i]);
		g_assert_true(lang_is_tag(str_of(good[i])));
	}
}

static void
test_none(void)
{
	static const char *const bad[] = { "", "e", "english", "deutsch",
		"en_US", "en-", "-en", "en--US", "en-US-", "12", "en-a", "en-x",
		"x-private", "i-klingon", "en-US-GB", "en-abcdefghi",
		"de-1996-1996", "en-a-bb-a-cc", "en US", "de-Latn-Cyrl",
		"de-DE-12", "en-u-x", "d\xc3\xa9", "en-\xc3\xa9" };

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("%s", bad[i]);
		g_assert_false(lang_is_tag(str_of(bad[i])));
	}
}

void test_base_lang(void);

void
test_base_lang(void)
{
	g_test_add_func("/base/lang/tags", test_tags);
	g_test_add_func("/base/lang/none", test_none);
}
