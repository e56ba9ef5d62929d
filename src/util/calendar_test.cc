#include "util/calendar.h"

#include <gtest/gtest.h>

namespace ostiary {
namespace {

TEST(Calendar, KnowsItsDays) {
    EXPECT_EQ(FormatDay(0), "1970-01-01");
    EXPECT_EQ(WeekdayOf(0), 3);
    EXPECT_EQ(WeekdayOf(-4), 6);
    EXPECT_EQ(FormatDay(*ParseDay("2028-02-29")), "2028-02-29");
    EXPECT_EQ(FormatDay(FirstOfMonth(*ParseDay("2028-02-29"))), "2028-02-01");
    EXPECT_EQ(FormatDay(FirstOfYear(*ParseDay("2028-02-29"))), "2028-01-01");
    for (const char* wrong : {"", "2026-1-1", "2027-02-29", "0000-01-01", "99999-01-01",
                              "2026-01-01T00:00", "-001-01-01", "2026-13-01", "2026/01/01"})
        EXPECT_FALSE(ParseDay(wrong)) << wrong;
}

TEST(Calendar, DaysBeginAtMidnightOfThePlaceOrWhereTheClocksSkipIt) {
    const Day day = *ParseDay("2026-03-29");
    Calendar utc(""), berlin("Europe/Berlin"), kathmandu("Asia/Kathmandu"), nowhere("Nowhere");
    EXPECT_EQ(utc.StartOf(day), day * kDay);
    EXPECT_EQ(nowhere.StartOf(day), day * kDay);
    EXPECT_EQ(berlin.StartOf(day), day * kDay - kHour);
    EXPECT_EQ(berlin.StartOf(day + 1), (day + 1) * kDay - 2 * kHour) << "a day of 23 hours";
    EXPECT_EQ(kathmandu.StartOf(day), day * kDay - 5 * kHour - 45 * kMinute);
    const Day skipped = *ParseDay("2018-11-04");
    Calendar sao_paulo("America/Sao_Paulo");
    EXPECT_EQ(sao_paulo.StartOf(skipped), skipped * kDay + 3 * kHour) << "01:00 came first";
    EXPECT_EQ(sao_paulo.DayAt(sao_paulo.StartOf(skipped)), skipped);
}

TEST(Calendar, TellsTheHourOnBothSidesOfAChangeOfClocks) {
    const Day day = *ParseDay("2026-03-29");
    Calendar berlin("Europe/Berlin");
    EXPECT_EQ(berlin.At(day * kDay).hour, 1);
    EXPECT_EQ(berlin.At(day * kDay + kHour).hour, 3);
    EXPECT_EQ(berlin.At(day * kDay + kHour - 1).hour, 1);
    EXPECT_EQ(berlin.At(day * kDay - kHour - 1).day, day - 1);
    EXPECT_EQ(Calendar("").At(day * kDay - 1).hour, 23);
}

}  // namespace
}  // namespace ostiary
