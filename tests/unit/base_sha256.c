/* sha256 against the examples of FIPS 180-4 and its companion vectors, in one piece and in pieces. */
#include "base/sha256.h"
#include "test.h"

#include <string.h>

int main(void)
{
    static const struct { const char *text; int times; const char *hex; } known[] = {
        { "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
        { "a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
    };

    test_begin("sha256 known answers");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct oc_sha256 s;
        char hex[OC_SHA256_HEX];
        oc_sha256_init(&s);
        for (int k = 0; k < known[i].times; k++)
            oc_sha256_add(&s, known[i].text, strlen(known[i].text));
        oc_sha256_hex(&s, hex);
        CHECK(strcmp(hex, known[i].hex) == 0, "case %zu: %s", i, hex);
    }
    test_end();
    return test_done();
}
