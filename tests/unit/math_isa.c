/* the choice of the instruction set */
#include "math_ref.h"

int main(void)
{
    struct oc_err err = { 0 };

    test_begin("math_isa environment");
    setenv("OC_ISA", "sse9", 1);
    CHECK(oc_isa_check(&err) == -1 && err.code == OC_USAGE, "an unknown word is accepted");
    CHECK(strstr(err.text, "sse9") != NULL, "the message does not name the word: %s", err.text);
    setenv("OC_ISA", "base", 1);
    CHECK(oc_isa_check(&err) == 0, "base is refused: %s", err.text);
    CHECK(oc_isa() == OC_ISA_BASE, "OC_ISA=base gives %s", oc_isa_name(oc_isa()));
    for (int i = OC_ISA_AVX512; i <= OC_ISA_BASE; i++) {
        setenv("OC_ISA", oc_isa_name((enum oc_isa)i), 1);
        CHECK((oc_isa_check(&err) == 0) == oc_isa_has((enum oc_isa)i), "OC_ISA=%s", oc_isa_name((enum oc_isa)i));
        CHECK((oc_isa_use((enum oc_isa)i) == 0) == oc_isa_has((enum oc_isa)i), "oc_isa_use(%s)", oc_isa_name((enum oc_isa)i));
        if (oc_isa_has((enum oc_isa)i))
            CHECK(oc_isa() == (enum oc_isa)i, "%s is not in use", oc_isa_name((enum oc_isa)i));
    }
    unsetenv("OC_ISA");
    CHECK(oc_isa_check(&err) == 0, "no OC_ISA is refused: %s", err.text);
    test_end();
    for (int i = OC_ISA_AVX512; i < OC_ISA_BASE; i++)
        if (!oc_isa_has((enum oc_isa)i))
            test_skip(i == OC_ISA_AVX512 ? "math_isa AVX-512" : "math_isa AVX2", "this processor lacks it");
    return test_done();
}
