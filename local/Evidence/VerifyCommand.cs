using System.Globalization;
using Dunning.Evidence;

namespace Dunning.Local.Evidence;

/// <summary>Checks an evidence pack; needs neither the app nor its storage.</summary>
public static class VerifyCommand
{
    private const int MaxKeyBytes = 64 * 1024;

    /// <param name="keyFile">The expected public key as a JSON Web Key; null when it is compared by eye.</param>
    /// <returns>The exit code: 0 when the pack is valid, else 1.</returns>
    /// <exception cref="CannotRunHereException">A file cannot be read.</exception>
    public static int Run(string packFile, string? keyFile, TextWriter output)
    {
        var expectedKey = keyFile is null ? null : ReadKey(keyFile);
        PackCheckResult result;
        using (var pack = Open(packFile))
            result = EvidencePackCheck.Check(pack, expectedKey);
        foreach (var problem in result.Problems)
            output.WriteLine(PackProblemText.Of(problem));
        output.WriteLine(result.IsValid ? Summary(result, expectedKey) : "The pack is not valid.");
        return result.IsValid ? 0 : 1;
    }

    private static string Summary(PackCheckResult result, EvidenceKey? expectedKey)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"valid: {result.Files} files, {result.Events} events in {result.Chains} chains, signed by key "
                + $"{result.KeyThumbprint} on {result.CreatedAt:yyyy-MM-dd}"
        );
        if (result.ErasedEvents > 0)
            text += string.Create(
                CultureInfo.InvariantCulture,
                $"; personal data of {result.ErasedEvents} events were erased, their content is not covered"
            );
        return text
            + (
                expectedKey is null
                    ? "; compare the thumbprint with the one your deployment shows."
                    : ", which is the expected key."
            );
    }

    private static EvidenceKey ReadKey(string file)
    {
        using var stream = Open(file);
        if (stream.Length <= MaxKeyBytes && EvidenceKey.TryParse(new StreamReader(stream).ReadToEnd()) is { } key)
            return key;
        throw new CannotRunHereException(
            $"{file} is not the public key of an evidence pack: it must be a JSON Web Key of type EC on P-256."
        );
    }

    private static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunHereException($"{file} cannot be read: {failure.Message}", failure);
        }
    }
}
