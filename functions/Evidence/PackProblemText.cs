using System.Globalization;

namespace Dunning.Evidence;

internal static class PackProblemText
{
    public static string Of(PackProblem problem) =>
        problem.Code switch
        {
            PackProblemCode.UnreadableZip => "The file is not a ZIP archive, or it is damaged.",
            PackProblemCode.TooLarge => $"{Subject(problem)} is larger than an evidence pack can be; it was not read.",
            PackProblemCode.ManifestMissing => $"{problem.File} is missing: the file is not an evidence pack.",
            PackProblemCode.ManifestUnreadable => $"{problem.File} cannot be read, or a later release wrote it.",
            PackProblemCode.SignatureMissing => $"{problem.File} is missing: the pack is not signed.",
            PackProblemCode.SignatureInvalid =>
                $"{problem.File}: the signature is not valid. The manifest was changed after it was signed.",
            PackProblemCode.UnknownKey => $"{problem.File}: the pack is signed by another key than the expected one.",
            PackProblemCode.FileChanged => $"{problem.File} was changed.",
            PackProblemCode.FileMissing => $"{problem.File} is missing.",
            PackProblemCode.FileAdded =>
                $"{problem.File} was added: the manifest does not name it, it is there twice or its name is not safe.",
            PackProblemCode.EventChanged => $"{problem.File}: {Event(problem)} was changed or cannot be read.",
            PackProblemCode.EventRemoved => $"{problem.File}: {Removed(problem)} removed.",
            PackProblemCode.EventAdded => $"{problem.File}: {Event(problem)} was added.",
            PackProblemCode.ChainBroken => $"{problem.File}: {Event(problem)} does not follow the event before it.",
            PackProblemCode.ChainHeadDiffers =>
                $"{problem.File}: the last event is not the one that the manifest names.",
            _ => problem.Code.ToString(),
        };

    private static string Subject(PackProblem problem) => problem.File ?? "The archive";

    private static string Event(PackProblem problem) =>
        problem.Event is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"event {number} ({problem.Key})")
            : $"the event {problem.Key}";

    private static string Removed(PackProblem problem) =>
        problem.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"event {problem.Event} was")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{problem.Count} events from number {problem.Event} on were"
            );
}
