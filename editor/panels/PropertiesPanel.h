// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSession.h"

#include <QPointer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace stagewright {

class PropertyForm;
class Theme;

/// What is selected, as a form: a stage, an instruction, an image. Every change is an edit of the text, and the
/// bottom shows the text that it makes.
class PropertiesPanel : public QWidget
{
    Q_OBJECT
public:
    explicit PropertiesPanel(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setSession(DocumentSession *session);
    [[nodiscard]] PropertyForm &form() { return *m_form; }
    [[nodiscard]] QString title() const;
    /// The text that the subject has, or would have with what is being typed.
    [[nodiscard]] QString writes() const { return m_writesText; }

private:
    struct Subject
    {
        enum class Kind : std::uint8_t { Nothing, Several, Stage, Instruction, Image };
        Kind kind = Kind::Nothing;
        StageId stage = StageId::None;
        InstructionId instruction = InstructionId::None;
        ImageId image = ImageId::None;
        int count = 0;
    };
    [[nodiscard]] Subject subject() const;
    void refresh();
    void showHead(const Subject &subject);
    void showWrites(const SourceText &text, TextRange range);
    void showPreview(const EditTransaction &transaction);

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    QWidget *m_head = nullptr;
    QLabel *m_icon = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    QLabel *m_hint = nullptr;
    PropertyForm *m_form = nullptr;
    QWidget *m_writesBox = nullptr;
    QLabel *m_writes = nullptr;
    QString m_writesText;
    TextRange m_range;
};

} // namespace stagewright
