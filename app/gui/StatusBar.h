// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"

#include <QStatusBar>

namespace stagewright {

class BuildController;
class DocumentPage;
class Theme;

/// The line at the bottom: findings, size of the file, what the target builds; cursor, encoding, when it was saved.
class StatusBar : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusBar(const Theme &theme, QWidget *parent = nullptr);

    /// Shows everything about a document; null: the start page.
    void showDocument(const DocumentPage *page);
    void showCursor(LineColumn position);
    /// What a build does or did: "Building all stages, 13.6 s", what failed, what was cached. Null or never built:
    /// nothing.
    void showBuild(const BuildController *builds);
    /// Text of the build's items, for tests: "The build failed, 1.2 s | test failed: exit 1".
    [[nodiscard]] QString buildSummary() const;
    /// Text of the item, for tests and for assistive technology: "2 stages, 10 instructions".
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    void findingsClicked();
    void buildClicked();
    void failureClicked();

private:
    class Item;
    const Theme &m_theme;
    Item *m_build;
    Item *m_failure;
    Item *m_cached;
    Item *m_errors;
    Item *m_warnings;
    Item *m_size;
    Item *m_target;
    Item *m_cursor;
    Item *m_encoding;
    Item *m_saved;
    Item *m_version;
};

/// 'Target "default" builds stages 0 and 2'.
[[nodiscard]] QString targetSentence(const BuildGraph &graph, const std::string &chosen);

} // namespace stagewright
