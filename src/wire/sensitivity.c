/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/sensitivity.h"

#include "base/label.h"
#include "base/text.h"

/* 42 CFR 2.32: what accompanies a disclosure. */
static const char notice[] =
	"This holds content about substance use. Federal law (42 CFR part 2) prohibits unauthorized use or "
	"disclosure of it: it may not be disclosed further without the consent that the law asks for.";

void sensitivity_write(struct json_writer *writer, unsigned labels)
{
	json_put_name(writer, "sensitivity");
	json_open_array(writer);
	for (size_t i = 0; i < LABEL_COUNT; i++) {
		if ((labels & label_bit(i)) != 0) {
			json_put_text(writer, label_name(i));
		}
	}
	json_close_array(writer);
}

const char *sensitivity_notice(unsigned labels)
{
	return (labels & LABEL_SUBSTANCE_USE) != 0 ? notice : NULL;
}

void sensitivity_put_notice(struct json_writer *writer, unsigned labels)
{
	json_member_text(writer, "sensitivity_notice", sensitivity_notice(labels));
}

void sensitivity_write_notice(struct json_writer *writer, unsigned labels)
{
	sensitivity_write(writer, labels);
	sensitivity_put_notice(writer, labels);
}

const char *sensitivity_text(struct arena *arena, unsigned labels)
{
	struct text out;
	text_init(&out, arena, 32);
	for (size_t i = 0; i < LABEL_COUNT; i++) {
		if ((labels & label_bit(i)) != 0) {
			text_printf(&out, "%s%s", out.length > 0 ? " " : "", label_name(i));
		}
	}
	return out.length > 0 ? out.data : NULL;
}

unsigned sensitivity_read(const struct json *list)
{
	unsigned labels = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		unsigned bit = 0;
		labels |= label_from_name(json_text(node), &bit) ? bit : 0;
	}
	return labels;
}
