// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "edit/Edits.h"

#include <QByteArray>
#include <QTest>

#include <functional>
#include <string>
#include <vector>

/// One row of a table: a text, what is done, and the exact text afterwards; or "!" and part of the refusal.
struct EditCase
{
    const char *name;
    std::string before;
    std::function<stagewright::edit::Result(const stagewright::Snapshot &)> operation;
    std::string after;
};

inline stagewright::SnapshotPtr snapshotOf(std::string text, stagewright::AnalysisOptions options = {})
{
    auto source = stagewright::SourceText::fromBytes(std::move(text));
    return stagewright::Snapshot::make(source.value(), std::move(options));
}

inline QByteArray shown(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

inline void addRows(const std::vector<EditCase> &cases)
{
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < cases.size(); ++i)
        QTest::newRow(cases[i].name) << static_cast<int>(i);
}

/// Compares with the row's text, checks the inverse, and that the refusal is a sentence.
inline void runRow(const std::vector<EditCase> &cases)
{
    QFETCH(int, row);
    const EditCase &one = cases[static_cast<std::size_t>(row)];
    const auto before = snapshotOf(one.before);
    const stagewright::edit::Result result = one.operation(*before);
    if (one.after.starts_with('!')) {
        QVERIFY2(!result, result ? shown(result->applyTo(before->text()).bytes()).constData() : "");
        QVERIFY2(result.error().message.contains(one.after.substr(1)), result.error().message.c_str());
        return;
    }
    QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
    const stagewright::SourceText after = result->applyTo(before->text());
    QCOMPARE(shown(after.bytes()), shown(one.after));
    const stagewright::SourceText back = result->inverse(before->text()).applyTo(after);
    QCOMPARE(shown(back.bytes()), shown(one.before));
}
