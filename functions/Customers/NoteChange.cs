using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Customers;

/// <summary>Notes that a person adds, changes or marks as done. Pure.</summary>
internal static class NoteChange
{
    /// <returns>The notes after the change, newest first; or what is wrong with the request.</returns>
    public static (IReadOnlyList<CustomerNote> Notes, FieldProblem? Error) Apply(
        DunningContext context,
        IReadOnlyList<CustomerNote> stored,
        CustomerRequest request
    )
    {
        var notes = stored.ToList();
        foreach (var (sent, i) in request.Notes.Select((note, i) => (note, i)))
        {
            var id = sent.Id ?? CustomerNote.IdOf(sent.Text!, sent.FollowUpOn, context.Today);
            var at = notes.FindIndex(note => note.Id == id);
            if (at < 0 && sent.Id is not null)
                return (
                    [],
                    new($"#/notes/{i}/id", "unknown_note", "the customer has no such note: leave the id out to add one")
                );
            var note =
                at < 0
                    ? new CustomerNote(id, context.Now, request.By, sent.Text!) { FollowUpOn = sent.FollowUpOn }
                    : notes[at];
            note = Changed(context, note, sent, request.By);
            if (at < 0)
                notes.Insert(0, note);
            else
                notes[at] = note;
        }
        // The oldest that waits for nobody goes first.
        while (notes.Count > CustomerNote.MaxCount && notes.FindLastIndex(IsIdle) is >= 0 and var idle)
            notes.RemoveAt(idle);
        return notes.Count > CustomerNote.MaxCount
            ? ([], new("#/notes", "too_many", $"{CustomerNote.MaxCount} notes wait for somebody: mark some as done"))
            : (notes, null);
    }

    public static CustomerNote Done(CustomerNote note, DateTimeOffset now, string by, string? result) =>
        note.Done is not null ? note : note with { Done = new NoteDone(now, by) { Result = result } };

    private static CustomerNote Changed(DunningContext context, CustomerNote note, NoteRequest sent, string by)
    {
        var changed = note with
        {
            Text = sent.Text ?? note.Text,
            FollowUpOn = sent.RemovesFollowUp ? null : sent.FollowUpOn ?? note.FollowUpOn,
        };
        return sent.IsDone ? Done(changed, context.Now, by, sent.Result) : changed;
    }

    private static bool IsIdle(CustomerNote note) => note.Done is not null || note.FollowUpOn is null;
}
