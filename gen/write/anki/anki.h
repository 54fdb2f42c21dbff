/* What the outputs anki and anki-text have in common. */
#ifndef ERGEN_ANKI_H
#define ERGEN_ANKI_H

#include "write/writer.h"

extern const struct rendition anki_renditions[QUESTION_KIND_COUNT];

#endif
