/* SPDX-License-Identifier: Apache-2.0 */
/* The socket that is listened on. */
#ifndef AR_HTTP_LISTENER_H
#define AR_HTTP_LISTENER_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* HOST is a numeric address; PORT 0 takes any, and the real one is returned. ERR_CONFIG. */
bool listener_open(const char *host, uint16_t port, int *ret_fd, uint16_t *ret_port, struct err *err) AR_MUST_CHECK;

/*
 * Raises the soft limit of open files so that COUNT connections fit, as far as the hard limit allows; false
 * when they do not fit.
 */
bool listener_reserve(unsigned count);

#endif
