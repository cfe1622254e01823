/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the library calls back: accepted and closed connections, request lines, heads, bodies, ends of
 * exchanges. CONTEXT is the server.
 */
#ifndef AR_HTTP_HANDLERS_H
#define AR_HTTP_HANDLERS_H

#include "http/state.h"

#include <microhttpd.h>
#include <stdarg.h>

enum MHD_Result on_accept(void *context, const struct sockaddr *from, socklen_t length);
void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
		   enum MHD_ConnectionNotificationCode code);
void *on_request_line(void *context, const char *target, struct MHD_Connection *connection);
enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
			   const char *version, const char *data, size_t *data_size, void **exchange_context);
void on_completed(void *context, struct MHD_Connection *connection, void **exchange_context,
		  enum MHD_RequestTerminationCode code);
size_t on_unescape(void *context, struct MHD_Connection *connection, char *text);
void on_message(void *context, const char *format, va_list arguments);

#endif
