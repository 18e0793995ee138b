namespace Dunning.Local;

/// <summary>
/// The local host cannot start or continue. The message names the fix and is shown without a stack trace.
/// </summary>
public sealed class CannotRunHereException : Exception
{
    public CannotRunHereException(string message, Exception? cause = null)
        : base(message, cause) { }
}
