// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLineEdit;
QT_END_NAMESPACE

namespace stagewright {

class CodeEdit;
class DocumentSession;
class Theme;

/// A small field at the top of the text: a line number, "line:column", or the name of a stage. Goes away by itself.
class GoToLine : public QFrame
{
    Q_OBJECT
public:
    GoToLine(DocumentSession &session, CodeEdit &edit, const Theme &theme);
    void open();

private:
    void go();
    void preview(const QString &text);

    DocumentSession &m_session;
    CodeEdit &m_edit;
    QLineEdit *m_field = nullptr;
};

} // namespace stagewright
