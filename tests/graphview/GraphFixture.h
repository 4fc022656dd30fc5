// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "graph/InlineEditor.h"
#include "lint/Linter.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QTest>
#include <QUndoStack>

/// A document with its graph in a window of its own, driven with mouse and keys.
struct GraphFixture
{
    explicit GraphFixture(const char *text)
        : linter(stagewright::Catalog::builtIn())
        , session(linter)
        , view((theme.setMotionEnabled(false), session), theme)
    {
        session.load(*stagewright::SourceText::fromBytes(text));
        view.resize(1300, 800);
        view.show();
        view.activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&view);
        view.setFocus();
    }

    [[nodiscard]] QByteArray text() const
    {
        const std::string_view bytes = session.snapshot()->text().bytes();
        return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
    }
    [[nodiscard]] stagewright::NodeItem *stage(int index) const
    {
        return view.graphScene()->nodeItem(stagewright::NodeRef::stage(static_cast<stagewright::StageId>(index)));
    }
    [[nodiscard]] stagewright::NodeItem *node(const char *key) const
    {
        return view.graphScene()->nodeItem(QString::fromUtf8(key));
    }

    [[nodiscard]] QPoint at(QPointF scenePos) const { return view.mapFromScene(scenePos); }
    [[nodiscard]] QPoint outPort(const stagewright::NodeItem *node) const { return at(node->outPort()); }
    [[nodiscard]] QPoint row(const stagewright::NodeItem *node, int row) const
    {
        return at(node->rowRect(row).center());
    }
    [[nodiscard]] QPoint header(const stagewright::NodeItem *node) const
    {
        return at(node->pos()
                  + QPointF(node->cardLayout().width / 2, node->view().isStage() ? 12 : node->cardLayout().height / 2));
    }

    void press(QPoint pos, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, modifiers, pos);
    }
    void move(QPoint pos) { QTest::mouseMove(view.viewport(), pos); }
    void release(QPoint pos) { QTest::mouseRelease(view.viewport(), Qt::LeftButton, Qt::NoModifier, pos); }
    void click(QPoint pos, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, pos);
    }
    void drag(QPoint from, QPoint to)
    {
        press(from);
        move(from + (to - from) / 2);
        move(to);
        release(to);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(&view, key, modifiers); }
    /// Types into the field that is open over the graph.
    void type(const char *words, bool enter = true)
    {
        QVERIFY(view.editor());
        QTest::keyClicks(view.editor(), QString::fromUtf8(words));
        if (enter)
            QTest::keyClick(view.editor(), Qt::Key_Return);
    }
    void undo() { session.undoStack()->undo(); }

    stagewright::Theme theme;
    stagewright::Linter linter;
    stagewright::DocumentSession session;
    stagewright::GraphView view;
};
