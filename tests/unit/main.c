/*
 * All unit tests in one program. unit_list.h is made by the Makefile from the
 * names of the files here: tests/unit/base/arena_test.c stands in it as
 * UNIT_TEST(base_arena) and exports test_base_arena(), which adds its cases.
 */
#include <glib.h>

#define UNIT_TEST(name) void test_##name(void);
#include "unit_list.h"
#undef UNIT_TEST

/* Fontconfig never frees what it has read of its files:
 * https://github.com/google/sanitizers/wiki/AddressSanitizerLeakSanitizer */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *
__lsan_default_options(void)
{
	return "print_suppressions=0";
}

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	/* One failed comparison is to be a line of the report, not the end of
	 * the program: the cases behind it still run. */
	g_test_set_nonfatal_assertions();
#define UNIT_TEST(name) test_##name();
#include "unit_list.h"
#undef UNIT_TEST
	return g_test_run();
}
