/*
 * Identifiers that follow from a name: the same name gives the same UUID for
 * ever, of version 5. https://www.rfc-editor.org/rfc/rfc9562#section-5.5
 */
#ifndef ERGEN_UUID_H
#define ERGEN_UUID_H

#include "base/str.h"

enum {
	UUID_LEN = 36
};

void uuid_of_name(struct str name, char uuid[UUID_LEN + 1]);

#endif
