#include "store/checkpoints.h"

#include <gtest/gtest.h>

namespace ostiary {
namespace {

// So many pages are in the log when the checkpoint comes, if each commit adds so many.
int PagesAtCheckpoint(int each) {
    Checkpoints checkpoints;
    for (int pages = each;; pages += each)
        if (checkpoints.IsDue(pages)) return pages;
}

TEST(Checkpoints, ComeSoonWhereEachCommitChangesPagesOfItsOwn) {
    EXPECT_EQ(PagesAtCheckpoint(250), 1000);
    EXPECT_EQ(PagesAtCheckpoint(5000), 5000);
}

TEST(Checkpoints, ComeSeldomWhereCommitsChangeTheSamePages) {
    EXPECT_EQ(PagesAtCheckpoint(20), 8000);
    EXPECT_EQ(PagesAtCheckpoint(3), 1200);
    EXPECT_EQ(PagesAtCheckpoint(60), 16'020) << "yet the log keeps within bounds";
}

TEST(Checkpoints, AreNotTriedAgainAtEachCommitWhereReadersHoldTheLog) {
    Checkpoints checkpoints;
    int tried = 0;
    for (int pages = 20; pages <= 40'000; pages += 20) tried += checkpoints.IsDue(pages) ? 1 : 0;
    EXPECT_EQ(tried, 5);
}

TEST(Checkpoints, BeginAnewWithTheLog) {
    Checkpoints checkpoints;
    for (int pages = 250; pages <= 1000; pages += 250) checkpoints.IsDue(pages);
    EXPECT_FALSE(checkpoints.IsDue(250));
    EXPECT_FALSE(checkpoints.IsDue(500));
    EXPECT_FALSE(checkpoints.IsDue(750));
    EXPECT_TRUE(checkpoints.IsDue(1000));
}

}  // namespace
}  // namespace ostiary
