// connects to a listener of the host
// expect: RuntimeError 7
// not on: unconfined
// run: on demand
#include <arpa/inet.h>
#include <sys/socket.h>
int main() { BENIGN; sockaddr_in to{}; to.sin_family = AF_INET; to.sin_port = htons(@PORT@); to.sin_addr.s_addr = htonl(INADDR_LOOPBACK); int s = socket(AF_INET, SOCK_STREAM, 0); return connect(s, (sockaddr *)&to, sizeof to) == 0 ? 0 : 7; }
