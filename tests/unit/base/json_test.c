#include "base/json.h"

void test_base_json(void);

static void
test_values(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct json j = { .out = out };

	json_open(&j, '{');
	json_add(&j, "text", "a");
	json_add(&j, "nothing", NULL);
	json_add_int(&j, "number", -7);
	json_add_bool(&j, "yes", true);
	json_key(&j, "list");
	json_open(&j, '[');
	json_int(&j, 1);
	json_open(&j, '{');
	json_close(&j, '}');
	json_open(&j, '[');
	json_close(&j, ']');
	json_bool(&j, false);
	json_strz(&j, NULL);
	json_close(&j, ']');
	json_key(&j, "last");
	json_str(&j, STR_LIT("z"));
	json_close(&j, '}');
	g_assert_cmpstr(out->str, ==,
	    "{\"text\":\"a\",\"nothing\":null,\"number\":-7,\"yes\":true,"
	    "\"list\":[1,{},[],false,null],\"last\":\"z\"}");
}

static void
test_escapes(void)
{
	/* https://www.rfc-editor.org/rfc/rfc8259#section-7 */
	static const struct {
		struct str text;
		const char *json;
	} cases[] = {
		{ { "", 0 }, "\"\"" },
		{ { NULL, 0 }, "\"\"" },
		{ { "\"\\/", 3 }, "\"\\\"\\\\/\"" },
		{ { "a\nb", 3 }, "\"a\\nb\"" },
		{ { "\t\r\x01\x1f", 4 }, "\"\\t\\u000d\\u0001\\u001f\"" },
		{ { "\0", 1 }, "\"\\u0000\"" },
		{ { "\xc3\xa9\x7f", 3 }, "\"\xc3\xa9\x7f\"" },
		{ { "borrowed", 3 }, "\"bor\"" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		struct json j = { .out = out };
		json_str(&j, cases[i].text);
		g_assert_cmpstr(out->str, ==, cases[i].json);
	}
}

static void
test_lines(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct json j = { .out = out, .has_lines = true };

	json_open(&j, '{');
	json_key(&j, "none");
	json_open(&j, '[');
	json_close(&j, ']');
	json_key(&j, "list");
	json_open(&j, '[');
	json_int(&j, 1);
	json_raw(&j, STR_LIT("{\n    \"a\": 2\n}"));
	json_open(&j, '{');
	json_close(&j, '}');
	json_close(&j, ']');
	json_add(&j, "last", "z");
	json_close(&j, '}');
	g_assert_cmpstr(out->str, ==,
	    "{\n    \"none\": [],\n    \"list\": [\n        1,\n"
	    "        {\n            \"a\": 2\n        },\n        {}\n"
	    "    ],\n    \"last\": \"z\"\n}");
}

void
test_base_json(void)
{
	g_test_add_func("/base/json/values", test_values);
	g_test_add_func("/base/json/escapes", test_escapes);
	g_test_add_func("/base/json/lines", test_lines);
}
