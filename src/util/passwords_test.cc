#include "util/passwords.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace ostiary {
namespace {

std::string Judge(std::string_view password) {
    return JudgePassword(password, "ada", "ada.lovelace@example.org", "Ada Lovelace").reason;
}

TEST(Password, IsJudgedFromShortToCommon) {  // REG-5
    EXPECT_EQ(Judge("Xq7!vT2"), "password.short");
    EXPECT_EQ(Judge("ëëëëëëë"), "password.short");  // seven characters, fourteen bytes
    EXPECT_EQ(Judge("ADA.Lovelace@Example.org"), "password.same");
    EXPECT_EQ(Judge("password1"), "password.common");
    EXPECT_EQ(Judge("12345678"), "password.common");
    EXPECT_EQ(Judge("qwertyuiop"), "password.common");
    EXPECT_EQ(Judge("aaaaaaaaaaaaaaaaaaaa"), "password.common");
    EXPECT_EQ(Judge("Ada Lovelace"), "password.common");
    EXPECT_EQ(Judge(std::string(1025, 'x')), "password.long");
    EXPECT_EQ(Judge(std::string_view("Xq7!vT2m\0", 9)), "password.invalid");
    EXPECT_EQ(Judge("Xq7!vT2m"), "");
    EXPECT_EQ(Judge("correct horse battery"), "");
    EXPECT_EQ(JudgePassword("short", "a", "b@c.de", "").message,
              "Password must be at least 8 characters");
}

TEST(Password, OfAnyLengthIsJudgedQuickly) {
    std::string words;
    while (words.size() < 1000) words += "brick lantern ";
    EXPECT_EQ(Judge(words), "");
}

TEST(Passwords, VerifyWhatTheyHashed) {
    Passwords passwords(64, 1, 2);
    const std::string hash = passwords.Hash("Xq7!vT2m");
    EXPECT_TRUE(hash.starts_with("$argon2id$"));
    EXPECT_TRUE(passwords.Verify(hash, "Xq7!vT2m"));
    EXPECT_FALSE(passwords.Verify(hash, "Xq7!vT2n"));
    EXPECT_FALSE(passwords.Verify("", "Xq7!vT2m"));
    EXPECT_FALSE(passwords.Verify("nonsense", ""));
    EXPECT_FALSE(passwords.VerifyNobody("Xq7!vT2m"));
    EXPECT_FALSE(passwords.NeedsRehash(hash));
    EXPECT_TRUE(Passwords(128, 1, 1).NeedsRehash(hash));
}

TEST(Passwords, WorkForManyCallersAtOnce) {
    Passwords passwords(64, 1, 2);
    const std::string hash = passwords.Hash("Xq7!vT2m");
    std::vector<std::jthread> callers;
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&] { EXPECT_TRUE(passwords.Verify(hash, "Xq7!vT2m")); });
}

}  // namespace
}  // namespace ostiary
