// CODE-2: what a thief of the database finds.

#include <gmock/gmock.h>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class SecretsContract : public Contract {};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, SecretsContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(SecretsContract, TheDatabaseHoldsNoCodeAndNoTokenInClear) {
    std::vector<Code> codes;
    for (const char* text : {"ABC12345", "SPR1NG26", "QRSTVWXY"}) codes.push_back(MakeCode(text));
    codes[1].shown = "SPRING-26";
    for (Code& code : codes) {
        code.token = RandomToken(random, 16);
        code.id = AddCode(code);
        ASSERT_TRUE(store->Redeem(MakeClaim(code.code, "ann")).ok());
        ASSERT_TRUE(Write([&](Work& work) {
                        Code edited = *work.codes.FindForUpdate(code.id);
                        edited.label = "edited";
                        work.codes.Save(edited);
                    }).ok());
    }
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Delete(codes[2].id, 5); }).ok());
    const std::string bytes = database.Bytes();
    EXPECT_THAT(bytes, HasSubstr("edited")) << "the thief reads the right file";
    for (const Code& code : codes)
        for (const std::string& secret : {code.code, code.shown, code.token})
            EXPECT_THAT(bytes, Not(HasSubstr(secret)));
}

TEST_P(SecretsContract, EqualCodesLookDifferentUnderAnotherKey) {
    const Vault other(KeyOf(8));
    EXPECT_NE(vault.Hash(Purpose::kCode, "ABC12345"), other.Hash(Purpose::kCode, "ABC12345"));
    EXPECT_FALSE(other.Open(vault.Seal(random, "ABC12345")));
}

TEST_P(SecretsContract, ADatabaseSealedWithAnotherKeyIsRefused) {
    store.reset();
    const Vault other(KeyOf(8));
    try {
        OpenStore(database.config(), other, clock, random, {});
        FAIL() << "it opened";
    } catch (const WorldFailure& failure) {
        EXPECT_THAT(failure.what(), HasSubstr("another key"));
    }
    EXPECT_NO_THROW(Open());
}

}  // namespace
}  // namespace ostiary
