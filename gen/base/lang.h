/*
 * Language tags, https://www.rfc-editor.org/rfc/rfc5646 (BCP 47).
 */
#ifndef ERGEN_LANG_H
#define ERGEN_LANG_H

#include "base/str.h"

/* Whether it is well-formed. The language has to be one of two or three
 * letters: no longer one is registered, but "english" and "deutsch" are what
 * people write. Whether its parts are registered is not looked up. */
bool lang_is_tag(struct str s);

#endif
