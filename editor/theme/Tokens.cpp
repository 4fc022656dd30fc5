// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "theme/Theme.h"

namespace stagewright {

namespace {

struct Row
{
    QColor Tokens::*token;
    QRgb light;
    QRgb dark;
};

// One row a token, so that a pair of colours is always looked at together. The pairs that carry text keep a
// contrast of 4.5, strokes and outlines of inputs 3 (tests/gui measures it).
constexpr Row rows[] = {
    {&Tokens::window, 0xfff1f3f6, 0xff191c22},      {&Tokens::dock, 0xfffbfcfd, 0xff1e222a},
    {&Tokens::field, 0xffffffff, 0xff15181e},       {&Tokens::raised, 0xffffffff, 0xff2a303b},
    {&Tokens::hover, 0xffe6e9ef, 0xff2d3440},       {&Tokens::alt, 0xfff5f7f9, 0xff222731},
    {&Tokens::canvas, 0xfff4f6f8, 0xff13161b},      {&Tokens::dot, 0xffcdd3dc, 0xff2a303a},
    {&Tokens::card, 0xffffffff, 0xff232831},        {&Tokens::cardAlt, 0xfff8f9fb, 0xff1f242c},
    {&Tokens::border, 0xffdce0e7, 0xff303743},      {&Tokens::border2, 0xffc3cad5, 0xff434c5a},
    {&Tokens::fieldBorder, 0xff868f9e, 0xff6f7a8c}, {&Tokens::text, 0xff1a212d, 0xffe7eaf0},
    {&Tokens::text2, 0xff485364, 0xffb6becb},       {&Tokens::text3, 0xff5c6677, 0xff929dae},
    {&Tokens::accent, 0xff1d63d1, 0xff74a9ff},      {&Tokens::accentFill, 0xff1d63d1, 0xff2c6bd9},
    {&Tokens::onAccent, 0xffffffff, 0xffffffff},    {&Tokens::accentTint, 0xffe3edfb, 0xff1e2f4b},
    {&Tokens::accentSel, 0xffd3e3fa, 0xff25406b},   {&Tokens::error, 0xffbf2a1e, 0xffff8e82},
    {&Tokens::errorTint, 0xfffdecea, 0xff3d2326},   {&Tokens::errorLine, 0xffe2695e, 0xffd4574b},
    {&Tokens::warn, 0xff8a5700, 0xffebb955},        {&Tokens::warnTint, 0xfffdf1d8, 0xff382e19},
    {&Tokens::warnLine, 0xffb57a0c, 0xffb98a2c},    {&Tokens::ok, 0xff18733a, 0xff66c98a},
    {&Tokens::okTint, 0xffe3f4e8, 0xff1b3527},      {&Tokens::okLine, 0xff3c9a5e, 0xff3f9a63},
    {&Tokens::builder, 0xff4a50c4, 0xffa9adff},     {&Tokens::builderTint, 0xffecedfb, 0xff2b2e4d},
    {&Tokens::builderLine, 0xff7b80dc, 0xff7479d6}, {&Tokens::test, 0xff963a8c, 0xffe6a3df},
    {&Tokens::testTint, 0xfff8eaf6, 0xff3e2b41},    {&Tokens::testLine, 0xffbc74b4, 0xffb06ca8},
    {&Tokens::final_, 0xff08706a, 0xff52cdbf},      {&Tokens::finalTint, 0xffdff2f0, 0xff173b39},
    {&Tokens::finalLine, 0xff3b9d96, 0xff2f978d},   {&Tokens::ext, 0xff4f5b6c, 0xffb6becb},
    {&Tokens::extTint, 0xffebeef3, 0xff2a303a},     {&Tokens::extLine, 0xff77839a, 0xff6f7c91},
    {&Tokens::edge, 0xff566173, 0xff9aa5b6},        {&Tokens::edgeDim, 0xffb3bbc7, 0xff465060},
    {&Tokens::synKw, 0xff4046b8, 0xffa9adff},       {&Tokens::synFlag, 0xff8a4b08, 0xffe9b17c},
    {&Tokens::synStr, 0xff18733a, 0xff7fcb97},      {&Tokens::synCom, 0xff5c6677, 0xff929dae},
    {&Tokens::synImg, 0xff0a6a8f, 0xff6cc3e8},      {&Tokens::synStage, 0xff963a8c, 0xffe6a3df},
    {&Tokens::onRole, 0xffffffff, 0xff15181e},
};

} // namespace

Tokens tokensFor(bool dark)
{
    Tokens tokens;
    for (const Row &row : rows) {
        tokens.*row.token = QColor::fromRgb(dark ? row.dark : row.light);
    }
    return tokens;
}

} // namespace stagewright
