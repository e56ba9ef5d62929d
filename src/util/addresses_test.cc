#include "util/addresses.h"

#include <gtest/gtest.h>

namespace ostiary {
namespace {

bool IsPublic(const char* text) {
    const auto bytes = ParseAddress(text);
    EXPECT_TRUE(bytes) << text;
    return bytes && IsPublicAddress(*bytes);
}

TEST(Addresses, Hook1WhatLeadsIntoOnesOwnNetworkIsNotPublic) {
    for (const char* address : {"0.0.0.0",
                                "0.1.2.3",
                                "10.0.0.1",
                                "10.255.255.255",
                                "100.64.0.1",
                                "100.127.255.255",
                                "127.0.0.1",
                                "127.255.255.254",
                                "169.254.0.1",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.0.0.1",
                                "192.0.2.1",
                                "192.88.99.1",
                                "192.168.0.1",
                                "198.18.0.1",
                                "198.19.255.255",
                                "198.51.100.7",
                                "203.0.113.9",
                                "224.0.0.1",
                                "239.255.255.255",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::127.0.0.1",
                                "::8.8.8.8",
                                "::ffff:127.0.0.1",
                                "::ffff:10.1.2.3",
                                "::ffff:169.254.169.254",
                                "::ffff:0:127.0.0.1",
                                "64:ff9b::127.0.0.1",
                                "64:ff9b::10.0.0.1",
                                "64:ff9b:1::8.8.8.8",
                                "100::1",
                                "2001::1",
                                "2001:0:808:808::1",
                                "2001:20::1",
                                "2001:db8::1",
                                "2002:7f00:1::",
                                "2002:a00:1::1",
                                "2002:c0a8:1::1",
                                "2002:a9fe:a9fe::",
                                "3fff:fff::1",
                                "5f00::1",
                                "fc00::1",
                                "fdff::1",
                                "fe80::1",
                                "fec0::1",
                                "ff02::1"})
        EXPECT_FALSE(IsPublic(address)) << address;
}

TEST(Addresses, Hook1WhatBelongsToEverybodyIsPublic) {
    for (const char* address : {"1.1.1.1",
                                "8.8.8.8",
                                "9.255.255.255",
                                "11.0.0.1",
                                "100.63.255.255",
                                "100.128.0.1",
                                "126.255.255.255",
                                "128.0.0.1",
                                "169.253.255.255",
                                "169.255.0.1",
                                "172.15.255.255",
                                "172.32.0.1",
                                "192.0.1.1",
                                "192.167.255.255",
                                "192.169.0.1",
                                "198.17.255.255",
                                "198.20.0.1",
                                "223.255.255.255",
                                "2606:4700:4700::1111",
                                "2a00:1450::1",
                                "2001:200::1",
                                "2001:4860:4860::8888",
                                "::ffff:8.8.8.8",
                                "64:ff9b::8.8.8.8",
                                "2002:808:808::1",
                                "3fff:1000::1"})
        EXPECT_TRUE(IsPublic(address)) << address;
}

TEST(Addresses, Hook1OnlyLiteralsAreAddresses) {
    for (const char* text : {"", "example.org", "127.1", "0x7f.0.0.1", "2130706433", "1.2.3.4.5",
                             "::1%lo", "[::1]", "1.2.3.4 "})
        EXPECT_FALSE(ParseAddress(text)) << text;
}

TEST(Addresses, AnOldAddressIsWrittenTheOldWayHoweverItCame) {
    EXPECT_EQ(FormatAddress(*ParseAddress("::ffff:10.0.0.1")), "10.0.0.1");
    EXPECT_EQ(FormatAddress(*ParseAddress("192.168.7.1")), "192.168.7.1");
    EXPECT_EQ(FormatAddress(*ParseAddress("2001:DB8:0::1")), "2001:db8::1");
}

}  // namespace
}  // namespace ostiary
