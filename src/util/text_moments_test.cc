#include <gtest/gtest.h>

#include "util/text.h"

namespace ostiary {
namespace {

std::string Read(std::string_view text, std::string_view zone = "") {
    const auto at = ParseMoment(text, zone);
    return at ? FormatRfc3339(*at) : "refused";
}

TEST(Moment, IsReadWithAnyOffset) {
    EXPECT_EQ(Read("2025-10-13T12:00:00Z"), "2025-10-13T12:00:00Z");
    EXPECT_EQ(Read("2025-10-13t14:00:00.999999+02:00"), "2025-10-13T12:00:00Z");
    EXPECT_EQ(Read("2025-10-13 07:30:00-04:30", "Europe/Berlin"), "2025-10-13T12:00:00Z");
    EXPECT_EQ(ParseMoment("1970-01-01T00:00:00.0256Z", ""), 25);
    EXPECT_EQ(Read("2024-02-29T23:59:59z"), "2024-02-29T23:59:59Z");
}

TEST(Moment, WithoutAnOffsetIsThePersonsOwn) {  // CODE-12
    EXPECT_EQ(Read("2026-11-21T14:00", "Europe/Berlin"), "2026-11-21T13:00:00Z");
    EXPECT_EQ(Read("2026-07-21T14:00:30", "Europe/Berlin"), "2026-07-21T12:00:30Z");
    EXPECT_EQ(Read("2026-11-21T14:00"), "2026-11-21T14:00:00Z");
    EXPECT_EQ(Read("2026-11-21T14:00", "Mars/Olympus"), "2026-11-21T14:00:00Z");
}

TEST(Moment, OfADayIsThatDaysEnd) {  // CODE-12
    EXPECT_EQ(Read("2026-11-21"), "2026-11-22T00:00:00Z");
    EXPECT_EQ(Read("2026-11-21", "America/New_York"), "2026-11-22T05:00:00Z");
    EXPECT_EQ(Read("2026-03-29", "Europe/Berlin"), "2026-03-29T22:00:00Z");
    EXPECT_EQ(Read("9999-12-31"), "9999-12-31T23:59:59Z");
}

TEST(Moment, ThatClocksSkippedOrShowedTwiceIsStillOneMoment) {
    EXPECT_EQ(Read("2026-03-29T02:30", "Europe/Berlin"), "2026-03-29T01:00:00Z");
    EXPECT_EQ(Read("2026-10-25T02:30", "Europe/Berlin"), "2026-10-25T00:30:00Z");
}

TEST(Moment, ThatIsNoneIsRefused) {  // SPEC 11
    for (const char* bad : {"",
                            "2025",
                            "2025-10-13T",
                            "2025-10-13T12",
                            "2025-10-13T12:00Z",
                            "0000-01-01",
                            "10000-01-01",
                            "99999-01-01T00:00:00Z",
                            "2025-13-01",
                            "2025-02-29",
                            "2025-04-31",
                            "2025-10-13T24:00:00Z",
                            "2025-10-13T12:60:00Z",
                            "2016-12-31T23:59:60Z",
                            "2025-10-13T12:00:00+24:00",
                            "2025-10-13T12:00:00+02",
                            "2025-10-13T12:00:00.Z",
                            "2025-10-13T12:00:00 02:00",
                            " 2025-10-13",
                            "2025-10-13 ",
                            "-025-10-13",
                            "2025-1-1",
                            "0001-01-01T00:00:00+01:00",
                            "9999-12-31T23:59:59-01:00",
                            "now",
                            "13.10.2025"})
        EXPECT_EQ(Read(bad), "refused") << bad;
}

TEST(Moment, IsShownInThePersonsOwnZone) {
    const Millis at = 1'760'356'800'000;  // 2025-10-13T12:00:00Z
    EXPECT_EQ(FormatRfc3339(at + 999), "2025-10-13T12:00:00Z");
    EXPECT_EQ(FormatForPeople(at, "Europe/Berlin"), "13 Oct 2025, 14:00");
    EXPECT_EQ(FormatDate(at + 11 * kHour, "Europe/Berlin"), "14 Oct 2025");
    EXPECT_EQ(FormatForInput(at, "America/New_York"), "2025-10-13T08:00");
    EXPECT_EQ(ParseMoment(FormatForInput(at, "Asia/Kolkata"), "Asia/Kolkata"), at);
    EXPECT_EQ(FormatRfc3339(-1), "1969-12-31T23:59:59Z");
}

TEST(Zone, IsKnownByItsName) {
    EXPECT_TRUE(IsTimeZone("Europe/Berlin"));
    EXPECT_TRUE(IsTimeZone("UTC"));
    EXPECT_FALSE(IsTimeZone("Europe/Atlantis"));
    EXPECT_FALSE(IsTimeZone("../../etc/passwd"));
    EXPECT_FALSE(IsTimeZone(""));
    EXPECT_EQ(ZoneName("Europe/Berlin"), "Europe/Berlin");
    EXPECT_EQ(ZoneName(""), "UTC");
}

}  // namespace
}  // namespace ostiary
