/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bare server that reads are compared with: the same library in the same mode (poll, one thread per
 * core), an answer of the size given and nothing else. hello BYTES prints its port and serves until its
 * input ends.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
			      const char *version, const char *data, size_t *size, void **state)
{
	static const int begun = 1;
	(void)url, (void)method, (void)version, (void)data, (void)size;
	if (*state == NULL) { /* an answer in the first call would end the connection */
		*state = (void *)(uintptr_t)&begun;
		return MHD_YES;
	}
	return MHD_queue_response(connection, MHD_HTTP_OK, context);
}

int main(int argc, char **argv)
{
	const size_t size = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
	char *body = malloc(size + 1);
	if (size == 0 || body == NULL) {
		fputs("hello BYTES\n", stderr);
		return 64;
	}
	memset(body, 'x', size);
	struct MHD_Response *response = MHD_create_response_from_buffer(size, body, MHD_RESPMEM_MUST_FREE);
	MHD_add_response_header(response, "Content-Type", "application/json");
	struct MHD_Daemon *daemon =
		MHD_start_daemon(MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, answer, response,
				 MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE,
				 (unsigned)(cores > 1 ? cores : 2), MHD_OPTION_CONNECTION_LIMIT, 1000U, MHD_OPTION_END);
	const union MHD_DaemonInfo *port = daemon != NULL ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
	if (port == NULL) {
		fputs("hello: cannot listen\n", stderr);
		return 1;
	}
	printf("%u\n", port->port);
	fflush(stdout);
	char ignored;
	while (read(STDIN_FILENO, &ignored, 1) > 0) {
	}
	MHD_stop_daemon(daemon);
	MHD_destroy_response(response);
	return 0;
}
