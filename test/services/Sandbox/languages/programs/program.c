#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char word[16] = "", buffer[4096];
    fgets(word, sizeof word, stdin);
    if (!strcmp(word, "echo\n")) {
        size_t count;
        while ((count = fread(buffer, 1, sizeof buffer, stdin)) > 0) fwrite(buffer, 1, count, stdout);
    } else if (!strcmp(word, "add\n")) {
        long total = 0, number;
        while (scanf("%ld", &number) == 1) total += number;
        printf("%ld\n", total);
    } else if (!strcmp(word, "exit\n")) {
        return 3;
    } else if (!strcmp(word, "fail\n")) {
        abort();
    } else if (!strcmp(word, "loop\n")) {
        for (volatile int turns = 0;; turns = turns + 1) {}
    } else if (!strcmp(word, "fill\n")) {
        for (;;) {
            char *more = malloc(1 << 20);
            if (more == NULL) {
                perror("malloc");
                return 1;
            }
            memset(more, 1, 1 << 20);
        }
    }
}
