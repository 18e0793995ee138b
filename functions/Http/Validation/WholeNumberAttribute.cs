using System.ComponentModel.DataAnnotations;

namespace Dunning.Http.Validation;

internal sealed class WholeNumberAttribute : RangeAttribute
{
    public WholeNumberAttribute(int min, int max)
        : base(min, max) => ErrorMessage = "write a whole number from {1} to {2}";
}
