/*
 * Adding to a GString in hot places: like g_string_append_len(), but without a
 * call as long as there is room.
 */
#ifndef ERGEN_TEXT_H
#define ERGEN_TEXT_H

#include <glib.h>

#include <string.h>

static inline void
text_add(GString *s, const char *p, size_t len)
{
	/* An empty text may be a null pointer, which memcpy() does not take. */
	if (len == 0)
		return;
	if (s->len + len < s->allocated_len) {
		memcpy(s->str + s->len, p, len);
		s->len += len;
		s->str[s->len] = '\0';
	} else {
		g_string_append_len(s, p, (gssize)len);
	}
}

static inline void
text_addz(GString *s, const char *z)
{
	text_add(s, z, strlen(z));
}

#endif
