#include <stdio.h>
#define MAX 10u
/* The
 * start. */
int main(int argc, char **argv)
{
	const char c = '\n';
	if (argc > 1 && argv[1] != NULL)	// none
		printf("%s %d\n", argv[1], 0xffu + 1.5e-3);
	return sizeof(struct x) ? EXIT_SUCCESS : c;
}
