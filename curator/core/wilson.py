"""The Wilson score interval: what a share seen in a sample says of the share in the whole."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054  # the 97.5 % point of the normal distribution: a two-sided 95 %


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `asked`, and the interval that holds the true share in 95 of 100 samples."""

    hits: int
    asked: int

    @property
    def share(self) -> float | None:
        """The share seen, 0 to 1; None where nobody was asked."""
        return self.hits / self.asked if self.asked else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lowest and highest share, 0 to 1 (E. B. Wilson 1927); (0, 1) where nobody was asked."""
        if not self.asked:
            return 0.0, 1.0
        n, p, z = self.asked, self.hits / self.asked, Z_95
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low = 0.0 if self.hits == 0 else middle - half
        return low, 1.0 if self.hits == n else middle + half
