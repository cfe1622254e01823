/* SPDX-License-Identifier: Apache-2.0 */
/* The labels of sensitivity of a record, as every answer about it carries them. */
#ifndef AR_WIRE_SENSITIVITY_H
#define AR_WIRE_SENSITIVITY_H

#include "base/json_write.h"

/* The member `sensitivity`: a list of words, perhaps empty. LABELS are bits of enum label. */
void sensitivity_write(struct json_writer *writer, unsigned labels);

/* That and `sensitivity_notice`: what whoever reads it must not do with it, or null. */
void sensitivity_write_notice(struct json_writer *writer, unsigned labels);

/* `sensitivity_notice` alone, of a page of answers that carry LABELS together. */
void sensitivity_put_notice(struct json_writer *writer, unsigned labels);

/* The sentence, or NULL. */
const char *sensitivity_notice(unsigned labels);

/* The words with spaces between them, or NULL when there is none. In ARENA. */
const char *sensitivity_text(struct arena *arena, unsigned labels);

/* The labels that the list LIST of a body names; NULL names none. */
unsigned sensitivity_read(const struct json *list);

#endif
